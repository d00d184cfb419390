package org.mailchute.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailchute.testing.RealPostgres;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.DeliveryEvent.Timing;
import org.mailchute.tracestore.TracePlan;
import org.mailchute.tracestore.TraceQuery;
import org.mailchute.tracestore.TraceQuery.Outcome;
import org.mailchute.tracestore.TraceStore;
import org.mailchute.tracestore.Traces;

/**
 * A trace of many messages, and how long its answers take:
 * {@code mvn -Pbench verify -Dbench.class=org.mailchute.bench.TraceBench -Dbench.args="250000 file"} (or {@code postgres}). A
 * message is some twenty rows.
 */
public final class TraceBench {
    private static final Instant BEGIN = Instant.parse("2026-09-01T00:00:00Z");
    private static final int BATCH = 200;
    private static final int ROUNDS = 5;

    private TraceBench() {}

    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[0]);
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "trace-");
        if (arguments[1].equals("postgres")) {
            try (RealPostgres postgres = RealPostgres.start()) {
                measure(Traces.of(postgres), home, messages);
            }
        } else {
            measure(Traces.file(), home, messages);
        }
    }

    private static void measure(TracePlan plan, Path home, int messages) throws Exception {
        try (TraceStore store = new TraceStore(plan, home)) {
            long begun = System.nanoTime();
            for (int first = 0; first < messages; first += BATCH) {
                List<TraceStore.Told> batch = new ArrayList<>();
                for (int number = first; number < Math.min(messages, first + BATCH); number++) {
                    batch.add(told(number, Kind.RECEIVED, 0));
                    batch.add(told(number, number % 1_000 == 7 ? Kind.DEAD : Kind.ACCEPTED, 3));
                }
                store.write(batch);
            }
            double seconds = seconds(begun);
            System.out.printf(
                    Locale.ROOT,
                    "%d messages written in %.0f s, %.0f a second%n",
                    messages,
                    seconds,
                    messages / seconds);
            ask(store, "the newest", "", Instant.EPOCH, Optional.empty());
            ask(store, "an address of few", "person-4711@contoso.example", Instant.EPOCH, Optional.empty());
            ask(store, "the beginning of a file's name", "scan-12345", Instant.EPOCH, Optional.empty());
            ask(store, "two words", "invoice 99999", Instant.EPOCH, Optional.empty());
            ask(store, "a word of every message", "contoso", Instant.EPOCH, Optional.empty());
            ask(store, "a word of none", "nowhere", Instant.EPOCH, Optional.empty());
            ask(
                    store,
                    "dead letters of the last day",
                    "",
                    time(messages).minus(Duration.ofDays(1)),
                    Optional.of(Outcome.DEAD));
            ask(store, "all dead letters, the newest 50", "", Instant.EPOCH, Optional.of(Outcome.DEAD));
            ask(store, "one that waits", "", Instant.EPOCH, Optional.of(Outcome.WAITING));
        }
    }

    private static Instant time(int number) {
        return BEGIN.plusSeconds(30L * number);
    }

    private static TraceStore.Told told(int number, Kind kind, int seconds) {
        DeliveryEvent event = DeliveryEvent.of(kind, time(number).plusSeconds(seconds))
                .message(
                        "%016d".formatted(number),
                        "<" + number + "@gateway.contoso.example>",
                        "folder:reception",
                        200_000)
                .named("scan-" + number + ".pdf", "Your invoice " + number + " of this month")
                .envelope("scanner@contoso.example", List.of("person-" + number % 5_000 + "@contoso.example"))
                .over("mailbox", "submission")
                .because("250 2.0.0 OK " + number + " [Hostname=AM0PR01.eurprd01.prod.exchangelabs.com]", "", "")
                .tried(1, new Timing(time(number), Duration.ofMillis(700)))
                .event();
        return new TraceStore.Told("%031d%d".formatted(number, kind == Kind.RECEIVED ? 0 : 1), event);
    }

    private static void ask(TraceStore store, String what, String words, Instant since, Optional<Outcome> outcome)
            throws Exception {
        double slowest = 0;
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            found = store.find(new TraceQuery(words, since, Instant.parse("2100-01-01T00:00:00Z"), outcome, 50))
                    .size();
            slowest = Math.max(slowest, seconds(begun));
        }
        System.out.printf(Locale.ROOT, "%-36s %5d found, slowest of %d: %.3f s%n", what, found, ROUNDS, slowest);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
