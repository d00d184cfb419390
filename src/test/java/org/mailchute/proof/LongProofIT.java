package org.mailchute.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.it.RunningJar;

/** Twenty trials of 10 kills over 520 inputs each; where, when and of what is chance. Their seeds and figures are printed. */
@Tag("nightly")
class LongProofIT {
    private static final int KILLS = 10;
    private static final int INPUTS_A_KILL = 52;
    private static final int LATEST_SECOND = 12;
    private static final List<Mark> OF_A_RECOVERY = List.of(Mark.RECOVERY, Mark.RECOVERED, Mark.NOTES_READ);
    private static final List<Mark> OF_WORK = Stream.of(Mark.values())
            .filter(mark -> !OF_A_RECOVERY.contains(mark))
            .toList();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path root;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @RepeatedTest(20)
    @DisplayName(
            "P1, P2, P3, P7: killed 200 times over 10,000 inputs it loses and spoils nothing, and repeats only what nobody can know")
    void everyInputAndEveryRecipientIsAccountedFor() throws Exception {
        long seed = Long.getLong("mailchute.proof.seed", new Random().nextLong());
        System.out.printf("proof: -Dmailchute.proof.seed=%d%n", seed);
        Random chance = new Random(seed);
        try (Trial trial = new Trial(root, new Inputs(new Random(seed)), 12)) {
            while (trial.kills() < KILLS) {
                trial.give(
                        INPUTS_A_KILL * (trial.kills() + 1) - trial.accountant().inputs());
                kill(trial, chance);
            }
            trial.finish();
            System.out.println("proof: " + trial.balance());
            trial.accountant().faults().forEach(fault -> System.out.println("proof: " + fault));
            assertThat(trial.accountant().faults()).isEmpty();
        }
    }

    private void kill(Trial trial, Random chance) throws Exception {
        int what = chance.nextInt(100);
        if (what < 25) {
            Future<?> time = timer.schedule(() -> {}, chance.nextInt(1_000 * LATEST_SECOND), TimeUnit.MILLISECONDS);
            trial.killedWhen(time::isDone);
        } else if (what < 35) {
            int dots = trial.dots() + 1 + chance.nextInt(40);
            trial.killedWhenOrIdle(() -> trial.dots() >= dots);
        } else if (what < 45) {
            trial.killedAtTheDot(1 + chance.nextInt(20));
        } else if (what < 50) {
            stop(trial, chance);
        } else {
            trial.killedAt(OF_WORK.get(chance.nextInt(OF_WORK.size())), 1 + chance.nextInt(6));
            if (chance.nextBoolean()) {
                trial.killedAt(OF_A_RECOVERY.get(chance.nextInt(OF_A_RECOVERY.size())), 1 + chance.nextInt(2));
            }
        }
    }

    /** It stands still for two seconds in the middle of its work, and is killed a little later. */
    private void stop(Trial trial, Random chance) throws Exception {
        RunningJar gateway = trial.start();
        gateway.awaitUp();
        Future<?> time = timer.schedule(() -> {}, 2, TimeUnit.SECONDS);
        trial.stopsAndGoesOn(gateway, time::isDone);
        Future<?> end = timer.schedule(() -> {}, chance.nextInt(2_000), TimeUnit.MILLISECONDS);
        trial.killedWhen(gateway, end::isDone);
    }
}
