package org.mailchute.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The short version: killed where it matters most, once each. {@link LongProofIT} has all of it. */
class ProofIT {
    private static final Logger LOG = LoggerFactory.getLogger(ProofIT.class);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path root;

    @Test
    @DisplayName(
            "P1, P2, P3, P7: killed with all ways in and all lanes at work - when a file is claimed, in the recovery of that,"
                    + " between dot and reply, and after the reply - it loses and spoils nothing, and repeats only what nobody can know")
    void everyInputAndEveryRecipientIsAccountedFor() throws Exception {
        long seed = new Random().nextLong();
        LOG.info("seed {}", seed);
        try (Trial trial = new Trial(root, new Inputs(new Random(seed)), 10)) {
            trial.give(28);
            assertThat(trial.killedAt(Mark.RENAMED, 3)).isTrue();
            assertThat(trial.killedAt(Mark.RECOVERY, 1)).isTrue();
            assertThat(trial.killedAtWhile(Mark.REPLY_NOTED, 4, "direct-send")).isTrue();
            trial.give(14);
            assertThat(trial.finish().lines())
                    .as("the log says why it ended, and how")
                    .anyMatch(line -> line.contains("mailchute was told to stop (SIGTERM or Ctrl-C)"))
                    .last(InstanceOfAssertFactories.STRING)
                    .endsWith("mailchute has stopped; what waits goes on at the next start");
            LOG.info(trial.balance());
            assertThat(trial.accountant().faults()).isEmpty();
            assertThat(trial.books().heard())
                    .as("noted before a kill, and not asked again")
                    .isNotEmpty();
            assertThat(trial.books().allHeard()).as("dot left, reply not read").isFalse();
        }
    }
}
