package org.mailchute.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running gateway's {@code /metrics} say. */
final class Metrics {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern PLACE = Pattern.compile("management listens on (\\S+)");
    private static final Pattern WAITING = Pattern.compile("(?m)^mailchute_lane_waiting\\{lane=\"direct\"\\} (\\S+)$");

    private final HttpRequest metrics;

    private Metrics(URI place) {
        this.metrics = HttpRequest.newBuilder(place.resolve("metrics")).build();
    }

    static Metrics of(RunningJar gateway) throws IOException {
        Matcher place = PLACE.matcher(gateway.output());
        if (!place.find()) {
            throw new AssertionError("no metrics");
        }
        return new Metrics(URI.create(place.group(1)));
    }

    /** Deliveries that wait for the lane called direct; -1 when it does not say. */
    long waiting() throws IOException, InterruptedException {
        String lines =
                CLIENT.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
        Matcher count = WAITING.matcher(lines);
        return count.find() ? (long) Double.parseDouble(count.group(1)) : -1;
    }
}
