package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The {@code .deb}, through dpkg. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "mount namespaces")
class PackageIT {
    @TempDir
    Path scratch;

    @Test
    void anUpgradeKeepsMailAndSettingsAndAPurgeLeavesThem() throws Exception {
        OwnMachine.needs("/usr/bin/dpkg-deb", "dpkg");

        String said = OwnMachine.follow(
                "follow-package.sh", scratch.toString(), Objects.requireNonNull(System.getProperty("mailchute.deb")));

        String[] parts = said.split("(?m)^== ");
        assertThat(parts).as(said).hasSize(5);
        assertThat(parts[1])
                .startsWith("install")
                .contains(
                        "exit 0",
                        "drwxr-x--- root mailchute /etc/mailchute",
                        "-rw------- root root /etc/mailchute/mailchute.env",
                        "drwx------ mailchute mailchute /var/lib/mailchute",
                        "init: exit 0")
                .doesNotContain("first.txt"); // taken
        assertThat(parts[2])
                .startsWith("upgrade")
                .contains("exit 0", "root root /opt/mailchute/lib/mailchute.jsa", "LANE_SECRET=\"of the lane\"")
                .containsPattern("submission .* 1 ")
                .doesNotContain("no classes were kept", "mailchute.service:");
        assertThat(parts[3])
                .startsWith("remove")
                .contains("exit 0", "cannot access '/opt/mailchute'", "cannot access '/usr/bin/mailchute'");
        assertThat(parts[4])
                .startsWith("purge")
                .contains("exit 0", "/var/lib/mailchute stays, with messages", ".ticket", "mailchute.yaml")
                .doesNotContain("mailchute.env");
    }
}
