package org.mailchute.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.FilesIn;

/** Files are never overwritten, and nobody else's. */
class NewFilesTest {
    @TempDir
    Path folder;

    private NewFiles files(String text) {
        return new NewFiles(folder).add("a.yaml", text).addSecret("a.password", text);
    }

    @Test
    void whatIsThereIsToldAndMovedAsideToAFreeName() throws Exception {
        Path file = folder.resolve("a.yaml");
        assertThat(files("one").there()).isEmpty();
        assertThat(files("one").write()).isEmpty();
        assertThat(files("two").there()).containsExactly(file, folder.resolve("a.password"));
        assertThat(files("two").write()).contains(folder.resolve("a.yaml.1"));
        assertThat(files("three").write()).contains(folder.resolve("a.yaml.2"));

        assertThat(file).hasContent("three");
        assertThat(folder.resolve("a.yaml.2")).hasContent("two");
        assertThat(folder.resolve("a.yaml.1")).hasContent("one");
        assertThat(FilesIn.folder(folder)).as("and nothing half written").hasSize(6);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseReadsThem() throws Exception {
        files("one").write();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.yaml"))))
                .isEqualTo("rw-r-----");
        boolean root = Files.getOwner(folder.resolve("a.password")).getName().equals("root");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.password"))))
                .as("where root makes it, the gateway's user reads it by the folder's group")
                .isEqualTo(root ? "rw-r-----" : "rw-------");
    }
}
