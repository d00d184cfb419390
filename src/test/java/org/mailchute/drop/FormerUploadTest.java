package org.mailchute.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.FilesIn;

/** A gateway stood still while a device saved, and wakes when another of the same home has taken over. */
class FormerUploadTest {
    @TempDir
    Path root;

    private DropPath formers;
    private DropPath successors;

    @BeforeEach
    void names() throws DropRefused {
        formers = DropPath.ROOT.resolve("former.pdf");
        successors = DropPath.ROOT.resolve("successor.pdf");
    }

    @Test
    @DisplayName("P2, P3: it gives no name to what its successor is being sent, and takes nothing of it away")
    void whatASuccessorIsSentStaysItsOwn() throws Exception {
        Upload given = begun(open(), formers, "former");
        Upload aborted = begun(open(), formers, "former");
        DropFolder successor = open();
        Upload upload = begun(successor, successors, "successor");

        assertThatThrownBy(given::keep).isInstanceOf(NoSuchFileException.class);
        aborted.close();
        upload.keep();

        assertThat(successor.place(successors)).hasContent("successor");
        assertThat(successor.place(formers)).doesNotExist();
        assertThat(FilesIn.folder(successor.partial())).isEmpty();
    }

    @Test
    @DisplayName("P2, P3: likewise where a file is being continued")
    void whatIsContinuedStaysItsOwn() throws Exception {
        DropFolder former = open();
        Files.writeString(former.place(formers), "acknowledged");
        Upload given = former.append(formers);
        DropFolder successor = open();
        Files.writeString(successor.place(successors), "successor");
        Upload upload = successor.append(successors);

        assertThatThrownBy(given::keep).isInstanceOf(NoSuchFileException.class);
        given.close();
        upload.keep();

        assertThat(successor.place(successors)).hasContent("successor");
        assertThat(successor.place(formers)).hasContent("acknowledged");
        assertThat(FilesIn.folder(successor.partial())).isEmpty();
    }

    @Test
    @DisplayName("P2, P3: it begins nothing that would lie there until the next start")
    void nothingIsBegunAnyMore() throws Exception {
        DropFolder former = open();
        DropFolder successor = open();
        Files.writeString(successor.place(successors), "successor");

        assertThatThrownBy(() -> former.begin(formers)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> former.append(successors)).isInstanceOf(NoSuchFileException.class);

        assertThat(successor.place(successors)).hasContent("successor");
        assertThat(FilesIn.folder(root)).containsExactly(successor.place(successors));
    }

    private static Upload begun(DropFolder folder, DropPath path, String content) throws IOException {
        Upload upload = folder.begin(path);
        byte[] octets = content.getBytes(StandardCharsets.US_ASCII);
        upload.write(octets, 0, octets.length);
        return upload;
    }

    private DropFolder open() throws IOException {
        return DropFolder.open(root.resolve("copier"), true, new Quota(1 << 20, 50), name -> false, () -> false);
    }
}
