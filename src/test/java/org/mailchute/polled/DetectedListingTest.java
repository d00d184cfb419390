package org.mailchute.polled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.Test;

/** The form of a listing is known by the listing. */
class DetectedListingTest {
    private static List<FTPFile> read(String... lines) {
        DetectedListing listing = new DetectedListing();
        return listing.preParse(new ArrayList<>(List.of(lines))).stream()
                .map(listing::parseFTPEntry)
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<String> files(String... lines) {
        return read(lines).stream()
                .filter(FTPFile::isFile)
                .map(file -> file.getName() + " " + file.getSize())
                .toList();
    }

    @Test
    void unixIsRead() {
        assertThat(files(
                        "total 8",
                        "drwxr-xr-x   2 1000 1000 4096 Nov 23 12:00 old",
                        "-rw-r--r--   1 1000 1000   12 Nov 23 12:00 scan one.pdf"))
                .containsExactly("scan one.pdf 12");
    }

    @Test
    void windowsIsRead() {
        assertThat(files("11-28-26  09:14AM       <DIR>          old", "11-28-26  09:14AM           12 scan one.pdf"))
                .containsExactly("scan one.pdf 12");
    }

    @Test
    void vmsIsReadThoughItsLinesAreBrokenAndItsSizesAreBlocks() {
        assertThat(files(
                        "Directory DISK$SCANS:[IN]",
                        "",
                        "SCAN.PDF;1              2/4    28-NOV-2026 09:14:08  [ADM,SCANNER]  (RWED,RWED,RE,)",
                        "A_VERY_LONG_NAME.PDF;3",
                        "                        2/4    28-NOV-2026 09:14:08  [ADM,SCANNER]  (RWED,RWED,RE,)",
                        "",
                        "Total of 2 files, 4/8 blocks"))
                .containsExactly("SCAN.PDF;1 -1", "A_VERY_LONG_NAME.PDF;3 -1");
    }

    @Test
    void mvsIsReadThoughItTellsNoSizes() {
        assertThat(files(
                        "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname",
                        "B10142 3390   2026/11/28  2   31  F       80    80  PS  SCAN.PDF"))
                .containsExactly("SCAN.PDF -1");
    }

    @Test
    void anEmptyFolderIsOneInAnyLanguage() {
        for (String line : new String[] {"total 0", "insgesamt 0", "итого 0", "", "total 0 KB"}) {
            assertThat(new DetectedListing().preParse(new ArrayList<>(List.of(line))))
                    .isEmpty();
        }
    }

    @Test
    void whatNobodyUnderstandsIsNoFile() {
        assertThat(read("scan.bin lies here, with 4 octets", "1 2 3 and so on")).isEmpty();
    }

    @Test
    void oneStrangeLineAmongManyIsPassedOver() {
        assertThat(files(Stream.concat(
                                Stream.of("something else"),
                                Stream.generate(() -> "-rw-r--r-- 1 a a 1 Nov 23 12:00 scan.pdf")
                                        .limit(3))
                        .toArray(String[]::new)))
                .hasSize(3);
    }
}
