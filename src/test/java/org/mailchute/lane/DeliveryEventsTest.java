package org.mailchute.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.lane.Lanes.accepted;
import static org.mailchute.lane.Lanes.paths;
import static org.mailchute.lane.Lanes.rejected;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.reply.Outcome;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

class DeliveryEventsTest {
    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private Lanes lanes;
    private Attempt attempt;

    @BeforeEach
    void open() throws IOException {
        lanes = new Lanes(home, clock);
        attempt = lanes.attempt(lanes.relay("relay"), "anna", "bert");
    }

    private DeliveryEvent event(Outcome outcome) {
        DeliveryEvent.Draft draft = DeliveryEvent.of(Kind.DEAD, clock.instant());
        return DeliveryEvents.about(draft, attempt, new Part(outcome, paths("bert")), Optional.empty())
                .event();
    }

    @Test
    void anEventNamesMessageSourceLaneAndThoseItIsAbout() {
        DeliveryEvent event = event(rejected());

        assertThat(event.queueId()).isEqualTo(attempt.check().queueId().value());
        assertThat(event.source()).isEqualTo("folder:reception");
        assertThat(event.bytes()).isEqualTo(1_000);
        assertThat(event.lane()).isEqualTo("relay");
        assertThat(event.recipients()).isEqualTo(List.of("bert@contoso.com"));
        assertThat(event.attempt()).isEqualTo(1);
        assertThat(event.reason()).isEqualTo("Nobody.");
        assertThat(event.remedy()).isEqualTo("Correct it.");
    }

    @Test
    void whatWasAcceptedNeedsNoReasonUnlessItWasHeardBefore() {
        assertThat(event(accepted()).reason()).isEmpty();

        attempt.recalls(clock.instant());

        assertThat(event(accepted()).reason()).startsWith("heard before the gateway ended");
    }

    @Test
    void whatWasAcceptedAfterAnAttemptOfUnknownEndMayHaveArrivedTwice() {
        attempt = lanes.attempt(attempt.lane(), 1, true, attempt.ticket());

        assertThat(event(accepted()).reason()).isEqualTo(DeliveryEvent.PERHAPS_TWICE);
    }
}
