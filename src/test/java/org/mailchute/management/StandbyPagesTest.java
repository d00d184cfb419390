package org.mailchute.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailchute.settings.ManagementSettings;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.LogLines;

class StandbyPagesTest {
    private static final String WHY = "standby: the gateway one works";

    @Test
    void aStandbyLivesIsNotReadyAndSaysWhyToAllElse() throws Exception {
        int port = FreePort.number();
        try (AutoCloseable pages = StandbyPages.start(settings(port), () -> WHY)) {
            assertThat(asked(port, "/health/live")).isEqualTo("200 live: " + WHY + "\n");
            assertThat(asked(port, "/health/ready")).isEqualTo("503 " + WHY + "\n");
            assertThat(asked(port, "/lanes")).isEqualTo("503 " + WHY + "\n");
        }
        StandbyPages.start(settings(port), () -> WHY).close(); // the port is free again for the one that works
    }

    @Test
    void aPortThatAnotherHasIsToldAndTheStandbyWaitsWithoutIt() throws Exception {
        int port = FreePort.number();
        try (LogLines log = LogLines.of(StandbyPages.class.getName());
                AutoCloseable first = StandbyPages.start(settings(port), () -> WHY);
                AutoCloseable second = StandbyPages.start(settings(port), () -> "another")) {
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN management cannot listen on 127.0.0.1:" + port)
                    .endsWith("; this standby answers no probe");
            assertThat(asked(port, "/health/ready")).isEqualTo("503 " + WHY + "\n");
        }
    }

    private static ManagementSettings settings(int port) {
        return new ManagementSettings("127.0.0.1", port, false, Optional.empty());
    }

    private static String asked(int port, String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
