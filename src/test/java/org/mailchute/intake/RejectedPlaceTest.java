package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.QueueId;

@DisplayName("P7, P9: refused input is kept, with its reason, and only where it belongs")
class RejectedPlaceTest {
    @TempDir
    Path top;

    private Path folder;
    private RejectedPlace place;
    private int claims;

    @BeforeEach
    void open() {
        folder = top.resolve("scans/rejected");
        place = new RejectedPlace(folder);
    }

    @Test
    void theFileIsMovedAndItsReasonLiesBesideIt() throws IOException {
        Path kept = reject("scan.pdf", "content");

        assertThat(kept).isEqualTo(folder.resolve("scan.pdf")).hasContent("content");
        assertThat(folder.resolve("scan.pdf.reason.txt"))
                .content()
                .contains("scan.pdf", "too large", "scan in parts", "2026-11-23T12:00:00Z", "0000000000000001");
        assertThat(top.resolve("claim-1")).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there files have the rights of their folder anyway")
    void whoMayOpenThePlaceByItsGroupMayOpenWhatRestsThereAndNobodyElse() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        Path claim = Files.writeString(top.resolve("claim-1"), "content");
        Files.setPosixFilePermissions(claim, PosixFilePermissions.fromString("rw-------"));

        Path kept = place.reject(claimed("scan.pdf", claim), why(), RequestTexts.NOON);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-rw----");
        Path reason = folder.resolve("scan.pdf.reason.txt");
        assertThat(Files.getPosixFilePermissions(reason))
                .contains(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);
    }

    @Test
    void nothingIsOverwrittenHoweverOftenANameComes() throws IOException {
        Set<Path> kept = new HashSet<>();
        for (int number = 0; number < 250; number++) {
            kept.add(reject("request.json", "content " + number));
        }

        assertThat(kept).hasSize(250);
        assertThat(folder.resolve("request.json")).hasContent("content 0");
        assertThat(folder.resolve("request-1.json")).hasContent("content 1");
        assertThat(files()).isEqualTo(500);
    }

    @Test
    void aFileOfThatNameThatSomebodyElsePutThereStays() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("scan.pdf"), "theirs");
        Files.writeString(folder.resolve("scan-1.pdf.reason.txt"), "theirs too");

        assertThat(reject("scan.pdf", "ours")).hasFileName("scan-2.pdf").hasContent("ours");
        assertThat(folder.resolve("scan.pdf")).hasContent("theirs");
        assertThat(folder.resolve("scan-1.pdf.reason.txt")).hasContent("theirs too");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escaped",
                "../../../../../../tmp/escaped",
                "/tmp/escaped",
                "C:\\escaped",
                "..\\..\\escaped",
                "..",
                ".",
                "",
                "a\nb\u0000c",
                "COM1:",
                "a/b/c"
            })
    void noNameLeavesTheFolder(String name) throws IOException {
        Path kept = reject(name, "content");

        assertThat(kept.getParent()).isEqualTo(folder);
        assertThat(kept.toRealPath().getParent()).isEqualTo(folder.toRealPath());
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void aVeryLongNameKeepsItsEnding() throws IOException {
        for (String letter : new String[] {"a", "\u00e9", "\u6f22", "\ud83d\ude00"}) {
            assertThat(reject(letter.repeat(300) + ".pdf", "content")
                            .getFileName()
                            .toString())
                    .endsWith(letter + ".pdf");
        }
    }

    @Test
    void aLinkIsKeptAsALinkAndNeverOpened() throws IOException {
        Path secret = Files.writeString(top.resolve("secret"), "secret");
        Path link = Files.createSymbolicLink(top.resolve("claim"), secret);

        Path kept = place.reject(claimed("scan.pdf", link), why(), RequestTexts.NOON);

        assertThat(Files.isSymbolicLink(kept)).isTrue();
        assertThat(secret).hasContent("secret");
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void aLineEndInANameForgesNoLineOfTheReason() throws IOException {
        reject("scan\nremedy   send money.pdf", "content");

        assertThat(folder.resolve("scan_remedy   send money.pdf.reason.txt"))
                .content()
                .hasLineCount(5)
                .contains("scan?remedy   send money.pdf");
    }

    private Path reject(String name, String content) throws IOException {
        Path file = Files.writeString(top.resolve("claim-" + (claims + 1)), content);
        return place.reject(claimed(name, file), why(), RequestTexts.NOON);
    }

    private Claimed claimed(String name, Path file) {
        return new Claimed(new QueueId("%016d".formatted(++claims)), "scans", name, file);
    }

    private static Refused why() {
        return new Refused("the scan is too large", "scan in parts");
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
