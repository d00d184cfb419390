package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @TempDir
    Path root;

    @Test
    void theDemoComesOutAsItShouldWithinAMinute() throws Exception {
        try (RunningJar demo = RunningJar.start(root, List.of("-Xmx256m"), "demo")) {
            int exitCode = demo.exitCode();

            assertThat(demo.output()).contains("MESSAGE", "12 scans at once", "Dead letter", "Received mail");
            assertThat(demo.output()).doesNotContain("NOT AS EXPECTED", "demo-client-secret", "demo-ftp-password");
            assertThat(demo.output())
                    .as("told in the demo's own words, not by the log too")
                    .doesNotContain(" INFO ", " WARN ");
            assertThat(exitCode).as(demo.output()).isZero();
        }
    }
}
