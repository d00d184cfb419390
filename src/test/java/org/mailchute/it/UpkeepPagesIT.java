package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code src/docs/upgrade.md} and {@code backup.md}, followed to the letter while mail comes and goes. */
@Tag("nightly")
@EnabledOnOs(value = OS.LINUX, disabledReason = "mount namespaces")
class UpkeepPagesIT {
    @TempDir
    Path scratch;

    @Test
    @DisplayName(
            "P1: whoever holds home as it was at one moment holds every message; what was sent since is not sent again")
    void anUpgradeAndARestoreLoseAndRepeatNothing() throws Exception {
        String said = OwnMachine.follow("follow-upkeep-pages.sh", scratch.toString());

        String[] parts = said.split("(?m)^== ");
        assertThat(parts).as(said).hasSize(8);
        assertThat(parts[1]).startsWith("upgrade.md: Before").contains("settings are fine: 3 intakes, 3 lanes");
        assertThat(parts[2])
                .startsWith("upgrade.md: The new one")
                .containsPattern("waits +direct-send .* held +1 ")
                .containsPattern("busy +direct-send .* open +0 ");
        assertThat(parts[5])
                .startsWith("backup.md: The restore")
                .containsPattern("waits +direct-send .* held +2 ")
                .containsPattern("sent +direct-send .* held +2 ")
                .containsPattern(
                        "(?s)( sent +\\[anna@contoso.example] .*){2}dead letters"); // and of busy what was under way
        assertThat(parts[6].lines())
                .containsExactly(
                        "arrived",
                        "first.txt",
                        "new.txt",
                        "old.txt",
                        "second.txt",
                        "since.txt",
                        "busy: 0 lost, 0 repeated");
        assertThat(parts[7]).contains("on its way again");
        assertThat(said).doesNotContain("command not found", "has lost", "the gateway has ended");
    }
}
