package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** As another user: {@code PermissionsIT}. */
class FolderRightsTest {
    @TempDir
    Path folder;

    @Test
    void whereAllIsAllowedNothingIsLeftBehind() {
        assertThat(FolderRights.lack(folder)).isEmpty();
        assertThat(FolderRights.lack(folder.resolve("not/there"))).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "where nobody can make a file")
    void aLackNamesFolderUserAndRemedy() {
        assertThat(FolderRights.lack(Path.of("/proc/not/there")))
                .hasValueSatisfying(lack -> assertThat(lack.toString())
                        .contains(
                                "the user " + System.getProperty("user.name"),
                                "cannot make, rename and delete files in /proc (",
                                "; give it the right to write there"));
    }
}
