package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.limits.Budget;
import org.mailchute.limits.BudgetJournals;
import org.mailchute.limits.Uptime;
import org.mailchute.testing.MovableClock;

/** Seen by what a budget makes of it, which is all it is for. */
class MachineUptimeTest {
    private static final String BOOT = "1d08f42c-53fe-4159-a309-154bec77e46c\n";

    @TempDir
    Path folder;

    @Test
    @DisplayName("P6: on one start of the machine the next process goes on with the times of the last")
    void theNextProcessGoesOnWithTheTimesOfTheLast() throws IOException {
        assertThat(leftAfterAKill(read("1000.25 1.0\n", BOOT), read("1001.50 1.0\n", BOOT)))
                .isEqualTo(29);
        assertThat(leftAfterAKill(read("1000.25 1.0\n", BOOT), read("2000.00 1.0\n", BOOT)))
                .isEqualTo(30);
    }

    @Test
    void anotherStartOfTheMachineIsKnownFromThis() throws IOException {
        Uptime other = read("5000.00 1.0\n", "5" + BOOT);
        assertThat(leftAfterAKill(read("1000.25 1.0\n", BOOT), other)).isZero();
    }

    @Test
    void aSystemThatTellsNothingIsNeverTakenForTheSame() throws IOException {
        Path nothing = folder.resolve("nothing");
        assertThat(leftAfterAKill(MachineUptime.read(nothing, nothing), MachineUptime.read(nothing, nothing)))
                .isZero();
        assertThat(leftAfterAKill(read("soon", BOOT), read("soon", BOOT))).isZero();
        assertThat(leftAfterAKill(read("1000.25 1.0\n", ""), read("5000.25 1.0\n", "")))
                .isZero();
    }

    private int leftAfterAKill(Uptime before, Uptime after) throws IOException {
        BudgetJournals file = BudgetJournals.in(Files.createTempDirectory(folder, "budget"));
        MovableClock clock = new MovableClock();
        Budget.open(file, "minute", 30, Duration.ofMinutes(1), clock, before)
                .take(1)
                .orElseThrow()
                .end(1, false);
        return (int) Budget.open(file, "minute", 30, Duration.ofMinutes(1), clock, after)
                .left();
    }

    private Uptime read(String uptime, String boot) throws IOException {
        Path since = Files.writeString(Files.createTempFile(folder, "uptime", ""), uptime);
        return MachineUptime.read(since, Files.writeString(Files.createTempFile(folder, "boot", ""), boot));
    }
}
