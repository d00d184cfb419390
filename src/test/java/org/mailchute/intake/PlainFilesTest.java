package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;

@DisplayName("P9: nothing but plain files is opened on behalf of input")
class PlainFilesTest {
    @TempDir
    Path folder;

    private Claimed claimed(Path page) throws IOException {
        return new Claimed(
                RequestTexts.ID,
                "desk",
                "scan.pdf",
                Files.writeString(folder.resolve("scan.pdf"), "scan"),
                "",
                List.of(new Companion(Companion.Role.SIDECAR, "scan.json", page)));
    }

    @Test
    void aPlainFilePasses() throws Exception {
        Claimed claimed = claimed(Files.writeString(folder.resolve("beside"), "{}"));
        assertThatCode(() -> PlainFiles.check(claimed)).doesNotThrowAnyException();
    }

    @Test
    void whatIsAFolderOrALinkOrALinkToNothingIsRefused() throws Exception {
        Path plain = Files.writeString(folder.resolve("beside"), "{}");
        Path link = Files.createSymbolicLink(folder.resolve("link"), plain);
        Path toNothing = Files.createSymbolicLink(folder.resolve("to-nothing"), folder.resolve("nothing"));
        for (Path page : List.of(Files.createDirectory(folder.resolve("folder")), link, toNothing)) {
            Claimed claimed = claimed(page);
            assertThatThrownBy(() -> PlainFiles.check(claimed))
                    .isInstanceOf(Refused.class)
                    .hasMessage("\"scan.json\" is not a plain file but a link or the like");
        }
    }

    @Test
    void whatWentAwayMeanwhileIsSaidSo() throws Exception {
        Claimed claimed = claimed(folder.resolve("gone"));
        assertThatThrownBy(() -> PlainFiles.check(claimed))
                .isInstanceOf(Refused.class)
                .hasMessage("\"scan.json\", part of this scan, went away or changed while it was being taken");
    }
}
