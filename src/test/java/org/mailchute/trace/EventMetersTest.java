package org.mailchute.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.DeliveryEvent.Timing;

class EventMetersTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EventMeters meters = new EventMeters(registry);

    private static DeliveryEvent accepted(Duration sinceQueued, Duration took) {
        return DeliveryEvent.of(Kind.ACCEPTED, NOON)
                .message("ID", "<ID@a.example>", "folder:scans", 7)
                .envelope("s@a.example", List.of("a@b.example", "c@b.example"))
                .over("mailbox", "submission")
                .tried(1, new Timing(NOON.minus(sinceQueued), took))
                .event();
    }

    @Test
    void anAcceptedDeliveryCountsItsRecipientsAndItsTimes() {
        meters.count(accepted(Duration.ofMinutes(2), Duration.ofMillis(300)));
        meters.count(accepted(Duration.ofMinutes(4), Duration.ofMillis(500)));

        assertThat(registry.get("mailchute.recipients")
                        .tag("lane", "mailbox")
                        .counter()
                        .count())
                .isEqualTo(4);
        Timer delivery =
                registry.get("mailchute.delivery").tag("outcome", "accepted").timer();
        assertThat(delivery.count()).isEqualTo(2);
        assertThat(delivery.totalTime(TimeUnit.MINUTES)).isEqualTo(6);
        Timer attempt =
                registry.get("mailchute.attempt").tag("option", "submission").timer();
        assertThat(attempt.max(TimeUnit.MILLISECONDS)).isEqualTo(500);
    }

    @Test
    void anEventSurvivesTheEventQueueWithItsTimes() {
        DeliveryEvent event = accepted(Duration.ofMinutes(2), Duration.ofMillis(300));

        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    }

    @Test
    void anUnknownReplyIsCountedByLaneOptionAndCode() {
        meters.count(DeliveryEvent.of(Kind.REPLY_UNKNOWN, NOON)
                .over("direct", "direct-send")
                .because("450 4.9.9 never seen", "", "")
                .event());

        assertThat(registry.get("mailchute.replies.unknown")
                        .tags("lane", "direct", "option", "direct-send", "code", "450")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatWasRefusedAtIntakeHasNoTimes() {
        meters.count(DeliveryEvent.of(Kind.REFUSED, NOON)
                .message("ID", "", "folder:scans", 0)
                .event());

        assertThat(registry.get("mailchute.messages.refused").counter().count()).isEqualTo(1);
        assertThat(registry.find("mailchute.delivery").timer()).isNull();
    }
}
