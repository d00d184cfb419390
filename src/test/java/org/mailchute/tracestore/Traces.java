package org.mailchute.tracestore;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailchute.database.Postgres;
import org.mailchute.testing.RealPostgres;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Events and plans for tests of the trace. */
public final class Traces {
    /** A morning. */
    public static final Instant EIGHT = Instant.parse("2026-11-30T08:00:00Z");

    private Traces() {}

    /** A file below home. */
    public static TracePlan file() {
        return new TracePlan(Duration.ofDays(90), true, Optional.empty());
    }

    public static TracePlan of(RealPostgres postgres) {
        return new TracePlan(
                Duration.ofDays(90),
                true,
                Optional.of(new Postgres(postgres.url(), Optional.of("mailchute"), Optional.empty())));
    }

    static TraceStore.Told received(String id, String name, String subject, String... recipients) {
        return told(
                DeliveryEvent.of(Kind.RECEIVED, EIGHT)
                        .message(id, "<" + id + "@gateway.contoso.example>", "folder:reception", 1_000)
                        .named(name, subject),
                recipients);
    }

    static TraceStore.Told then(Kind kind, int seconds, String id, String... recipients) {
        return told(
                DeliveryEvent.of(kind, EIGHT.plusSeconds(seconds))
                        .message(id, "", "folder:reception", 1_000)
                        .over("mailbox", "submission")
                        .because("250 2.0.0 fine", "", ""),
                recipients);
    }

    private static TraceStore.Told told(DeliveryEvent.Draft draft, String... recipients) {
        DeliveryEvent event =
                draft.envelope("scanner@contoso.example", List.of(recipients)).event();
        return new TraceStore.Told(Integer.toHexString(event.hashCode()) + event.queueId(), event);
    }

    static TraceQuery anything(String words) {
        return new TraceQuery(words, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), Optional.empty(), 50);
    }
}
