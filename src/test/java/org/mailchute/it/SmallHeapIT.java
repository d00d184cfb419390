package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;

class SmallHeapIT {
    private static final int MEGABYTES = 100;

    @TempDir
    Path root;

    @Test
    @DisplayName("P8: a heap of 64 MB carries an attachment of 100 MB from folder to server")
    void aLargeScanPassesASmallHeap() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard());
                RunningJar gateway = RunningJar.start(
                        root,
                        List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"),
                        "run",
                        "--config",
                        work.settings(work.folder("home")).toString())) {
            gateway.awaitUp();
            Path scan = work.folder("scans").resolve("large.bin.tmp");
            Random random = new Random(1);
            byte[] block = new byte[1 << 20];
            try (OutputStream out = Files.newOutputStream(scan)) {
                for (int number = 0; number < MEGABYTES; number++) {
                    random.nextBytes(block);
                    out.write(block);
                }
            }
            Files.move(scan, work.folder("scans").resolve("large.bin"));

            Awaitility.await("the mail arrives")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> work.received().size() == 1);

            assertThat(Files.size(work.received().get(0).file())).isGreaterThan(MEGABYTES * (1L << 20) * 4 / 3);
            assertThat(gateway.output()).doesNotContain("OutOfMemory");
        }
    }
}
