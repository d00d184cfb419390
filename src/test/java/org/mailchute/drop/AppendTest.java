package org.mailchute.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;

class AppendTest {
    @TempDir
    Path root;

    /** As when it is taken to be mailed between the note and the move. */
    @Test
    void aFileThatCannotBeTakenBackLeavesNoNote() throws Exception {
        DropFolder folder = open();
        DropPath path = DropPath.ROOT.resolve("scan.pdf");
        Files.writeString(folder.place(path), "acknowledged");
        Path inTheWay = Files.createDirectory(folder.partial().resolve("in the way"));

        assertThatThrownBy(() -> Append.begin(folder, path, inTheWay)).isInstanceOf(IOException.class);

        assertThat(FilesIn.folder(folder.partial())).isEmpty();
        assertThat(folder.place(path)).hasContent("acknowledged");
    }

    @Test
    @DisplayName("P2: after a crash a file that was being appended to is what was acknowledged of it, under its name")
    void whatWasAcknowledgedComesBack() throws Exception {
        DropFolder folder = open();
        DropPath path = DropPath.ROOT.resolve("scan.pdf");
        Files.writeString(folder.place(path), "acknowledged");
        Path half = folder.partial().resolve("append-1");
        Append.begin(folder, path, half);
        Files.writeString(half, "acknowledged, and more");

        open();

        assertThat(folder.place(path)).hasContent("acknowledged");
        assertThat(FilesIn.folder(folder.partial())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "twelve\nscan.pdf", "12\n", "12\n../../scan.pdf", "\0\0\0\0"})
    @DisplayName("P2: of a spoilt note's file all is kept under a name, and the start goes on")
    void whatASpoiltNoteTellsOfIsKept(String note) throws Exception {
        DropFolder folder = open();
        Files.writeString(folder.partial().resolve("append-1"), "acknowledged, and more");
        Files.writeString(folder.partial().resolve("append-1.note"), note);
        try (LogLines log = LogLines.of(DropFolder.class.getName())) {
            open();
            assertThat(log.lines()).singleElement().asString().contains("append-1.note cannot be read");
        }
        assertThat(root.resolve("copier/append-1")).hasContent("acknowledged, and more");
        assertThat(FilesIn.folder(folder.partial())).isEmpty();
    }

    private DropFolder open() throws IOException {
        return DropFolder.open(root.resolve("copier"), true, new Quota(1 << 20, 50), name -> false, () -> false);
    }
}
