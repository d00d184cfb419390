package org.mailchute.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scan.tmp",
                "scan.pdf.part",
                "SCAN.PARTIAL",
                "scan.filepart",
                "scan.crdownload",
                "mail.bad",
                "~$letter.docx",
                ".hidden",
                "._scan.pdf",
                ".DS_Store",
                "Thumbs.db",
                "THUMBS.DB",
                "desktop.ini",
                "@eaDir",
                ".nfs0001",
                "a\nb.TMP"
            })
    void temporaryAndSystemNamesAreNeverInput(String name) {
        assertThat(IgnoredNames.ignored(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"scan.pdf", "tmp", "part.pdf", "bad.tif", "a.tmp.pdf", "thumbs.db.pdf", "~scan.pdf", "$scan"})
    void allOtherNamesAre(String name) {
        assertThat(IgnoredNames.ignored(name)).isFalse();
    }
}
