package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The {@code .deb} that {@code mvn -Pdist verify} makes, through dpkg. */
@Tag("dist")
@EnabledOnOs(value = OS.LINUX, disabledReason = "mount namespaces")
class PackageIT {
    @TempDir
    Path scratch;

    @Test
    void anUpgradeKeepsMailAndSettingsAndAPurgeLeavesThem() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "no dpkg here");

        String said = OwnMachine.follow("follow-package.sh", scratch.toString(), made().toString());

        String[] parts = said.split("(?m)^== ");
        assertThat(parts).as(said).hasSize(6);
        assertThat(parts[1])
                .startsWith("install")
                .contains(
                        "exit 0",
                        "drwxr-x--- root mailchute /etc/mailchute",
                        "-rw------- root root /etc/mailchute/mailchute.env",
                        "drwx------ mailchute mailchute /var/lib/mailchute",
                        "root root /opt/mailchute/lib/mailchute.jsa",
                        "settings are fine: 1 intake, 1 lane",
                        "check: exit 0");
        assertThat(parts[2]).startsWith("mail that waits").containsPattern("submission .* 1 ");
        assertThat(parts[3])
                .startsWith("upgrade")
                .contains("exit 0", "LANE_SECRET=\"of the lane\"", "\"first.txt\"", "deferred since")
                .containsPattern("submission .* 1 ")
                .doesNotContain("mailchute.service:");
        assertThat(parts[4])
                .startsWith("remove")
                .contains("exit 0", "cannot access '/opt/mailchute'", "cannot access '/usr/bin/mailchute'");
        assertThat(parts[5])
                .startsWith("purge")
                .contains("exit 0", "/var/lib/mailchute stays, with messages", ".ticket", "mailchute.yaml")
                .doesNotContain("mailchute.env");
    }

    private static Path made() throws Exception {
        Path build = Path.of(Objects.requireNonNull(System.getProperty("mailchute.build")));
        try (Stream<Path> files = Files.list(build.resolve("dist"))) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }
}
