package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailchute.simulator.Busiest;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.trace.DeliveryEvent.Kind;

/** A quarter of an hour at the limit, by the machine's own time; the simulator counts at MAIL and at acceptance. */
@Tag("nightly")
class PaceSoakTest {
    private static final int PER_MINUTE = 30;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MINUTES = Integer.getInteger("mailchute.soak.minutes", 15);

    @Test
    @DisplayName("P6: 30 messages in any sliding minute and no more, over two lanes of one mailbox and a restart")
    void aBacklogLeavesAtTheWholeRateAndNeverAboveIt() throws Exception {
        try (Town town = new Town()
                .withScenario(Scenario.standard().with("delayMillis", 150))
                .withMailboxOptions("messagesPerMinute: " + PER_MINUTE)
                .withLaneOfTheMailbox("other", "messagesPerMinute: " + PER_MINUTE)
                .withRule("{domain: a.rows.example, lane: other}")
                .start()) {
            for (int number = 0; number < PER_MINUTE * (MINUTES + 2) / 2; number++) {
                publish(town, "buyer%d@fabrikam.example".formatted(number));
                publish(town, "buyer%d@a.rows.example".formatted(number));
            }
            awaitMinutes(town, MINUTES / 3);
            town.stop();
            town.start();
            awaitMinutes(town, MINUTES);

            Busiest busiest = town.microsoft365().busiest(MINUTE);
            System.out.printf("%d messages in %d minutes, %s%n", town.received().size(), MINUTES, busiest);
            assertThat(busiest.began()).as("at MAIL").isLessThanOrEqualTo(PER_MINUTE);
            assertThat(busiest.taken()).as("at acceptance").isLessThanOrEqualTo(PER_MINUTE);
            assertThat(town.events(Kind.DEFERRED)).as("nothing to complain of").isEmpty();
        }
    }

    private static void publish(Town town, String recipient) {
        town.publish("{\"to\": [\"%s\"], \"subject\": \"S\", \"text\": \"T\"}".formatted(recipient));
    }

    /** Until mail has come for so long. */
    private static void awaitMinutes(Town town, int minutes) {
        town.awaitReceived(1);
        List<Received> received = town.received();
        while (Duration.between(
                                received.get(0).at(),
                                received.get(received.size() - 1).at())
                        .compareTo(MINUTE.multipliedBy(minutes))
                < 0) {
            received = town.awaitReceived(received.size() + 1);
        }
    }
}
