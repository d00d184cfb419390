package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.FilesIn;

@DisplayName(
        "P9: a sub-folder swapped for a link, at whatever moment, gets nothing taken from outside the watched folder")
class SwappedFolderTest {
    private static final QueueId ID = new QueueId("0000000000000001");

    @TempDir
    Path top;

    private Path watched;
    private Path sub;
    private Path outside;
    private Path scan;
    private Incoming incoming;

    @BeforeEach
    void open() throws IOException {
        watched = Files.createDirectories(top.resolve("watched"));
        sub = Files.createDirectories(watched.resolve("a/b"));
        outside = Files.createDirectories(top.resolve("outside"));
        scan = Files.writeString(sub.resolve("scan.pdf"), "theirs");
        Files.writeString(outside.resolve("scan.pdf"), "secret");
        incoming = Incoming.open(top.resolve("home/incoming"), "desk", watched);
    }

    private void swap() throws IOException {
        Files.move(sub, top.resolve("moved away"));
        Files.createSymbolicLink(sub, outside);
    }

    private Path claims() {
        return top.resolve("home/incoming/desk");
    }

    @Test
    void betweenLookAndClaim() throws IOException {
        swap();

        assertThatThrownBy(() -> incoming.claim(Gathered.only(scan, "a/b"), ID))
                .hasMessageContaining("links are not followed");
        assertNothingIsTaken();
    }

    @Test
    void aFolderAboveItsOwn() throws IOException {
        Files.move(watched.resolve("a"), top.resolve("moved away"));
        Files.createDirectories(outside.resolve("b"));
        Files.writeString(outside.resolve("b/scan.pdf"), "secret");
        Files.createSymbolicLink(watched.resolve("a"), outside);

        assertThatThrownBy(() -> incoming.claim(scan, ID)).hasMessageContaining("links are not followed");
        assertThat(outside.resolve("b/scan.pdf")).hasContent("secret");
    }

    /** To open it would wait for its other end. */
    @Test
    void forAPipe() throws Exception {
        Files.move(sub, top.resolve("moved away"));
        Process made = new ProcessBuilder("mkfifo", sub.toString()).start();
        assumeThat(made.waitFor()).isZero();

        assertThatThrownBy(() -> incoming.claim(scan, ID)).hasMessageContaining("links are not followed");
    }

    @Test
    void betweenLookAndCopyWhereTheFileStaysInItsFolder() throws IOException {
        swap();

        assertThatThrownBy(() -> incoming.claimCopy(Gathered.only(scan, "a/b"), ID, "note"))
                .hasMessageContaining("links are not followed");
        assertNothingIsTaken();
    }

    @Test
    void betweenTheFirstPageAndTheNext() throws IOException {
        Path page = Files.writeString(sub.resolve("page2.pdf"), "page 2");
        Path twin = Files.writeString(outside.resolve("page2.pdf"), "secret");
        FileTime time = Files.getLastModifiedTime(page);
        Files.setLastModifiedTime(twin, time);
        Claimed claimed =
                incoming.claim(new Gathered(scan, "a/b", List.of(Companion.at(Companion.Role.PAGE, page))), ID);
        swap();

        incoming.gather(claimed);

        assertThat(claimed.companions().get(0).file()).doesNotExist();
        assertThat(twin).hasContent("secret");
    }

    @Test
    void betweenACopyToAnotherFileSystemAndTheDeletionOfTheOriginalThatACrashLeft() throws IOException {
        Claimed claimed = incoming.claimCopy(Gathered.only(scan, "a/b"), ID, "note");
        Files.writeString(claims().resolve("moving-" + ID), scan.toString());
        Files.writeString(outside.resolve("scan.pdf"), "theirs");
        swap();

        assertThatThrownBy(() -> incoming.gather(claimed)).hasMessageContaining("links are not followed");
        assertThat(outside.resolve("scan.pdf")).hasContent("theirs");
    }

    @Test
    void whatACrashLeftIsEndedWhereNobodySwapped() throws IOException {
        Claimed claimed = incoming.claimCopy(Gathered.only(scan, "a/b"), ID, "note");
        Files.writeString(claims().resolve("moving-" + ID), scan.toString());

        incoming.gather(claimed);

        assertThat(scan).doesNotExist();
        assertThat(claims().resolve("moving-" + ID)).doesNotExist();
    }

    @Test
    void afterItsHandleWasOpened() throws IOException {
        try (FolderHandle handle = FolderHandle.open(watched, sub);
                FolderHandle target = FolderHandle.open(claims(), claims())) {
            boolean held = handle instanceof HeldFolder;
            swap();

            if (held) {
                handle.move("scan.pdf", target, "taken");
                assertThat(claims().resolve("taken")).hasContent("theirs");
            } else {
                assertThatThrownBy(() -> handle.move("scan.pdf", target, "taken"))
                        .hasMessageContaining("links are not followed");
            }
        }
        assertThat(outside.resolve("scan.pdf")).hasContent("secret");
    }

    @Test
    void beforeAMoveWhereThePlatformHasNoHandles() throws IOException {
        FolderHandle compared = ComparedFolder.open(watched, sub);
        swap();

        assertThatThrownBy(() -> compared.move("scan.pdf", FolderHandle.open(claims(), claims()), "taken"))
                .hasMessageContaining("links are not followed");
        assertThatThrownBy(() -> ComparedFolder.open(watched, sub)).hasMessageContaining("links are not followed");
        assertNothingIsTaken();
    }

    @Test
    void inTheMiddleOfAMoveWhereThePlatformHasNoHandles() throws IOException {
        FolderHandle compared = ComparedFolder.open(watched, sub);

        assertThatThrownBy(() -> compared.move("scan.pdf", new SwappingTarget(), "taken"))
                .hasMessageContaining("swapped");
        assertNothingIsTaken();
    }

    @Test
    void aFolderThatIsALinkItselfIsTheAdministrators() throws IOException {
        Path link = Files.createSymbolicLink(top.resolve("link"), watched);
        Incoming linked = Incoming.open(top.resolve("other home/incoming"), "desk", link);

        assertThat(linked.claim(link.resolve("a/b/scan.pdf"), ID).file()).hasContent("theirs");
    }

    private void assertNothingIsTaken() throws IOException {
        assertThat(outside.resolve("scan.pdf")).hasContent("secret");
        assertThat(FilesIn.folder(claims())).isEmpty();
    }

    /** Somebody swaps the folder when the move has looked and is about to go. */
    private final class SwappingTarget implements FolderHandle {
        @Override
        public Path path() {
            try {
                swap();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return claims();
        }

        @Override
        public BasicFileAttributes attributes(String name) {
            throw new AssertionError("not asked");
        }

        @Override
        public Optional<PosixFileAttributeView> rights(String name) {
            throw new AssertionError("not asked");
        }

        @Override
        public FileChannel open(String name, Set<OpenOption> options) {
            throw new AssertionError("not opened");
        }

        @Override
        public void delete(String name) {
            throw new AssertionError("not deleted");
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public void move(String name, FolderHandle to, String as) {
            throw new AssertionError("not moved");
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
