package org.mailchute.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.FilesIn;

class AppendTest {
    @TempDir
    Path root;

    /** As when it is taken to be mailed between the note and the move. */
    @Test
    void aFileThatCannotBeTakenBackLeavesNoNote() throws Exception {
        DropFolder folder = DropFolder.open(root.resolve("copier"), true, new Quota(1 << 20, 50), name -> false);
        DropPath path = DropPath.ROOT.resolve("scan.pdf");
        Files.writeString(folder.place(path), "acknowledged");
        Path inTheWay = Files.createDirectory(folder.partial().resolve("in the way"));

        assertThatThrownBy(() -> Append.begin(folder, path, inTheWay)).isInstanceOf(IOException.class);

        assertThat(FilesIn.folder(folder.partial())).isEmpty();
        assertThat(folder.place(path)).hasContent("acknowledged");
    }
}
