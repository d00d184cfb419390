package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.tracestore.TraceQuery.Outcome;
import org.mailchute.tracestore.TraceStory;
import org.mailchute.tracestore.TraceStory.TracedEvent;
import org.mailchute.tracestore.TracedMessage;
import org.mailchute.tracestore.TracedMessage.TracedRecipient;

class StoryLinesTest {
    private static final Instant EIGHT = Instant.parse("2026-11-30T08:00:00Z");

    private static List<String> told(Kind kind, int attempt, String reply, String reason, String remedy) {
        TracedMessage message = new TracedMessage(
                "0MX2RNQTO7YDC0RD",
                "",
                "folder:reception",
                "a\r\nb.pdf",
                "Scan",
                "",
                8,
                EIGHT,
                3,
                List.of(new TracedRecipient("anna@contoso.com", Outcome.WAITING, "", EIGHT)));
        TracedEvent event = new TracedEvent(
                EIGHT,
                kind,
                "mailbox",
                "submission",
                "anna@contoso.com",
                attempt,
                0,
                reply,
                reason,
                remedy,
                Optional.empty());
        return StoryLines.of(new TraceStory(message, List.of(event)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            RECEIVED | 0 | '' | '' | '' | taken from folder:reception
            REFUSED  | 0 | '' | not whole | scan again | not taken from folder:reception; not whole (scan again)
            REPEATED | 0 | '' | '' | '' | came again, and is not sent twice
            ACCEPTED | 1 | 250 2.6.0 Queued | '' | '' | lane mailbox: accepted for anna@contoso.com; the server said: 250 2.6.0 Queued
            DEFERRED | 2 | 452 4.3.1 Full | '' | '' | lane mailbox, attempt 2: not yet for anna@contoso.com; the server said: 452 4.3.1 Full
            DEFERRED | 1 | no reply: connection refused | '' | '' | lane mailbox: not yet for anna@contoso.com; no reply: connection refused
            DEAD     | 1 | 550 5.1.10 Nobody | Nobody. | Correct it. | lane mailbox: given up for anna@contoso.com; the server said: 550 5.1.10 Nobody; Nobody. (Correct it.)
            REPLAYED | 0 | '' | sent again by carla | '' | sent again by carla to anna@contoso.com
            DROPPED  | 0 | '' | dropped by carla | '' | dropped by carla for anna@contoso.com
            """)
    void eachEventIsAPlainLine(Kind kind, int attempt, String reply, String reason, String remedy, String line) {
        assertThat(told(kind, attempt, reply, reason, remedy)).last().asString().endsWith("  " + line);
    }

    @Test
    void whatHasNoSenderAndNoIdIsToldToo() {
        assertThat(told(Kind.RECEIVED, 0, "", "", ""))
                .startsWith(
                        "0MX2RNQTO7YDC0RD  \"a b.pdf\" \"Scan\"", "Message-ID none, 8 octets, 3 pages", "from nobody");
    }
}
