package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FreePort;

/** Two processes, one home. */
class StandbyIT {
    @TempDir
    Path root;

    @Test
    @DisplayName(
            "P1, P3: a second process says at once that it is a standby, touches nothing, and takes over from kill -9")
    void theSecondWaitsAndSaysSoAndTakesOver() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            Path settings = work.settings(work.folder("home"), Workplace.listener(FreePort.number()), "");
            try (RunningJar first = RunningJar.gateway(root, "256m", settings).awaitUp();
                    RunningJar second = RunningJar.gateway(root, "256m", settings)) {
                Awaitility.await("it says so")
                        .until(() -> second.output()
                                .contains("another Mailchute runs with the home " + work.folder("home")
                                        + ": this one is its standby, waits, and takes over when it ends\n"));
                first.kill();
                second.awaitUp();
                work.drop("one.bin", "content".getBytes(StandardCharsets.UTF_8));
                Awaitility.await("it is mailed").until(() -> work.received().size() == 1);
                assertThat(second.terminate()).isEqualTo(143);
            }
        }
    }
}
