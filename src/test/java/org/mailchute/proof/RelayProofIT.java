package org.mailchute.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways with one home, a real Artemis and a real PostgreSQL: all ways in at work while one takes over from the other. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts bin/artemis, and stops a process by SIGSTOP")
class RelayProofIT {
    private static final int SESSIONS = 3;
    private static final int PER_MINUTE = 30;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path root;

    private enum Deed {
        KILL,
        STOP,
        END
    }

    @Test
    @DisplayName(
            "P1, P2, P3, P6, P7: one stands still, one is killed, one is ended, and the other goes on: nothing is lost,"
                    + " repeated but where nobody can know, or more than Microsoft's limits")
    void threeTimesTheOtherTakesOver() throws Exception {
        proves(seed(), List.of(Deed.STOP, Deed.KILL, Deed.END), 14);
    }

    @Test
    @Tag("nightly")
    @DisplayName("P1, P2, P3, P6, P7: over 20 takeovers and 2,000 inputs likewise")
    void twentyTimesTheOtherTakesOver() throws Exception {
        int deeds = Integer.getInteger("mailchute.relay.deeds", 20);
        int inputs = Integer.getInteger("mailchute.relay.inputs", 2_000);
        long seed = seed();
        List<Deed> those = new Random(seed)
                .ints(deeds, 0, 9)
                .mapToObj(each -> Deed.values()[each / 4])
                .toList();
        proves(seed, those, inputs / deeds);
    }

    private static long seed() {
        return Long.getLong("mailchute.proof.seed", new Random().nextLong());
    }

    private void proves(long seed, List<Deed> deeds, int inputs) throws Exception {
        System.out.printf("relay: -Dmailchute.proof.seed=%d %s%n", seed, deeds);
        Random chance = new Random(seed);
        try (Relay relay = new Relay(root, Inputs.fewOfTheMailbox(new Random(seed)), 12)) {
            for (Deed deed : deeds) {
                int dots = relay.trial().dots() + 1 + chance.nextInt(inputs);
                relay.trial().give(inputs);
                relay.awaits(() -> relay.trial().dots() >= dots);
                happens(relay, deed);
            }
            try {
                relay.finish();
            } finally {
                System.out.println("relay: " + relay.trial().balance() + "; most " + relay.most());
                relay.trial().accountant().faults().forEach(fault -> System.out.println("relay: " + fault));
            }
            assertThat(relay.trial().accountant().faults()).isEmpty();
            assertThat(relay.sessions()).isLessThanOrEqualTo(SESSIONS);
            assertThat(relay.minute().began()).as("at MAIL").isLessThanOrEqualTo(PER_MINUTE);
            assertThat(relay.minute().taken()).as("at acceptance").isLessThanOrEqualTo(PER_MINUTE);
        }
    }

    private static void happens(Relay relay, Deed deed) throws Exception {
        switch (deed) {
            case KILL -> relay.kills();
            case STOP -> relay.stops();
            case END -> relay.ends();
        }
    }
}
