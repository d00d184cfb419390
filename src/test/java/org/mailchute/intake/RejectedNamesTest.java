package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.request.SampleRequest;
import org.mailchute.spool.Claimed;

/** P7: what is refused is kept, with a reason beside it, and nothing kept is ever lost to the next. */
class RejectedNamesTest {
    private static final Refused WHY = new Refused("it is empty", "scan again");

    @TempDir
    Path root;

    private Path incoming = Path.of("");
    private Path folder = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        incoming = Files.createDirectories(root.resolve("spool/incoming"));
        folder = root.resolve("scans/rejected");
    }

    @Test
    void theInputRestsUnderItsNameWithTheReasonBesideIt() throws IOException {
        Path place = reject("a.pdf", "one");
        assertThat(place).isEqualTo(folder.resolve("a.pdf")).hasContent("one");
        assertThat(Files.readString(folder.resolve("a.pdf.reason.txt"))).isEqualToNormalizingNewlines("""
                file     a.pdf
                why      it is empty
                remedy   scan again
                time     2026-11-23T12:00:00Z
                queue id 0MABCDEFG1234567
                """);
        assertThat(incoming).isEmptyDirectory();
    }

    @Test
    void threeOfOneNameRestSideBySide() throws IOException {
        for (String content : List.of("one", "two", "three")) {
            reject("a.pdf", content);
        }
        assertThat(kept())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a.pdf", "one", "a-1.pdf", "two", "a-2.pdf", "three"));
        assertThat(folder.resolve("a-2.pdf.reason.txt")).exists();
    }

    @Test
    void whatSomebodyElsePutThereIsNotOverwritten() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("a.pdf"), "mine");
        Files.writeString(folder.resolve("a-1.pdf.reason.txt"), "mine too");
        Files.createSymbolicLink(folder.resolve("a-2.pdf"), root.resolve("gone"));
        reject("a.pdf", "new");
        assertThat(folder.resolve("a.pdf")).hasContent("mine");
        assertThat(folder.resolve("a-1.pdf.reason.txt")).hasContent("mine too");
        assertThat(folder.resolve("a-3.pdf")).hasContent("new");
        assertThat(root.resolve("gone")).doesNotExist();
    }

    @Test
    void anInputNamedLikeAReasonFileIsKeptToo() throws IOException {
        reject("a.pdf.reason.txt", "a trap");
        reject("a.pdf", "one");
        reject("a.pdf.reason.txt", "another");
        assertThat(kept().values()).containsExactlyInAnyOrder("a trap", "one", "another");
        assertThat(folder.resolve("a.pdf.reason.txt")).hasContent("a trap");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil",
                "..",
                ".",
                "",
                "...",
                "/etc/passwd",
                "a/b/c",
                "..\\..\\evil",
                "C:\\x",
                "C:x",
                "a\0b",
                "a\nb",
                "a\u0085b",
                "a\u2028b",
                "a\ud800b",
                "\u202efdp.exe",
                "-rf",
                "ä ö.pdf",
                "日本.pdf",
                "a?b*c"
            })
    void noNameLeavesTheFolder(String name) throws IOException {
        Path place = reject(name, "content");
        assertThat(place.getParent()).isEqualTo(folder);
        assertThat(place).hasContent("content");
        assertThat(place.getFileName().toString()).isNotBlank().doesNotContainPattern("[\\p{Cc}\\u2028/\\\\]");
        assertThat(Files.readAllLines(Path.of(place + ".reason.txt"), StandardCharsets.UTF_8))
                .hasSize(5);
        try (Stream<Path> all = Files.walk(root)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "日", "😀"})
    void aNameOfAThousandCharactersIsCutAndKeepsItsEnding(String character) throws IOException {
        String name = character.repeat(1_000) + ".pdf";
        Path first = reject(name, "one");
        Path second = reject(name, "two");
        assertThat(first).hasContent("one").hasExtension("pdf");
        assertThat(second).hasContent("two");
    }

    @Test
    void aSymbolicLinkIsMovedAsALinkAndNeverOpened() throws IOException {
        Path secret = Files.writeString(root.resolve("secret"), "secret");
        Path link = Files.createSymbolicLink(incoming.resolve("link"), secret);
        Path place = new RejectedPlace(folder).reject(claimed("a.pdf", link), WHY, SampleRequest.NOON);
        assertThat(place).isSymbolicLink();
        assertThat(Files.readSymbolicLink(place)).isEqualTo(secret);
        assertThat(secret).hasContent("secret");
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void aLinkThatLeadsNowhereIsMovedToo() throws IOException {
        Path link = Files.createSymbolicLink(incoming.resolve("link"), Path.of("../../nowhere"));
        Path place = new RejectedPlace(folder).reject(claimed("a.pdf", link), WHY, SampleRequest.NOON);
        assertThat(Files.readSymbolicLink(place)).hasToString("../../nowhere");
    }

    @Test
    void theReasonFileHasOneLineForEachThingWhateverTheNameHolds() throws IOException {
        Path place = reject("a\r\nwhy      all is well\u0085.pdf", "x");
        assertThat(Files.readAllLines(Path.of(place + ".reason.txt")))
                .hasSize(5)
                .first()
                .isEqualTo("file     a??why      all is well?.pdf");
    }

    private Path reject(String name, String content) throws IOException {
        Path file = Files.writeString(incoming.resolve("0MABCDEFG1234567"), content);
        return new RejectedPlace(folder).reject(claimed(name, file), WHY, SampleRequest.NOON);
    }

    private static Claimed claimed(String name, Path file) {
        return new Claimed(SampleRequest.ID, "scans", name, file);
    }

    /** All files there but the reasons we wrote, with their contents. */
    private Map<String, String> kept() throws IOException {
        Map<String, String> kept = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String content = Files.readString(file);
                if (!content.startsWith("file     ")) {
                    kept.put(file.getFileName().toString(), content);
                }
            }
        }
        return kept;
    }
}
