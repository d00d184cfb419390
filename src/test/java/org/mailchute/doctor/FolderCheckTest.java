package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may write where mail comes from. */
class FolderCheckTest {
    @TempDir
    Path folder;

    private Check look(String permissions) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        return FolderCheck.of(List.of(folder), List.of()).get(0);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFolderEverybodyMayWriteToIsAWarning() throws Exception {
        assertThat(look("rwxrwxrwx").status()).isEqualTo(Status.WARNING);
        assertThat(look("rwxrwxrwx").remedy()).contains("chmod o-w " + folder);
        assertThat(look("rwxrwxr-x").status()).isEqualTo(Status.OK);
    }

    @Test
    void aFolderThatIsNotThereIsAWarning() {
        assertThat(FolderCheck.of(List.of(folder.resolve("gone")), List.of())
                        .get(0)
                        .seen())
                .endsWith("gone is not there yet");
    }
}
