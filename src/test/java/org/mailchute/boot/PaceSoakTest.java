package org.mailchute.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Busiest;
import org.mailchute.simulator.Scenario;

/** A quarter of an hour at the limit, on the machine's own clock. */
@Tag("nightly")
class PaceSoakTest {
    private static final int PER_MINUTE = 30;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MINUTES = Integer.getInteger("mailchute.soak.minutes", 15);

    @TempDir
    Path root;

    @Test
    @DisplayName("P6: 30 messages in any sliding minute and no more, hardly fewer, with a backlog for a quarter of an hour")
    void aBacklogLeavesAtTheWholeRateAndNeverAboveIt() throws Exception {
        try (Town town = new Town(root, Scenario.standard().withDelayMillis(150))
                .withMailboxOptions("messagesPerMinute: " + PER_MINUTE)
                .start()) {
            for (int number = 0; number < PER_MINUTE * (MINUTES + 2); number++) {
                town.publish("{\"to\": [\"buyer%d@fabrikam.example\"], \"subject\": \"S\", \"text\": \"T\"}"
                        .formatted(number));
            }
            town.awaitReceived(1);
            int before = town.received().size();

            await("a quarter of an hour")
                    .atMost(MINUTE.multipliedBy(MINUTES + 5))
                    .until(() -> Duration.between(
                                            town.received().get(0).at(),
                                            town.received().get(town.received().size() - 1).at())
                                    .compareTo(MINUTE.multipliedBy(MINUTES))
                            >= 0);

            Busiest busiest = town.microsoft365().busiest(MINUTE);
            System.out.println(busiest + " " + (town.received().size() - before));
            assertThat(busiest.began()).as("at MAIL").isLessThanOrEqualTo(PER_MINUTE);
            assertThat(busiest.taken()).as("at acceptance").isLessThanOrEqualTo(PER_MINUTE);
        }
    }
}
