package org.mailchute.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.intake.ScanTicket;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Ticket;

class PagesTest {
    private static final String XPS = "application/vnd.ms-xpsdocument";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"image/jpeg", "image/png"})
    void aPictureIsOnePage(String type) throws Exception {
        assertThat(Pages.count(file("any"), type)).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"LITTLE_ENDIAN, 1", "BIG_ENDIAN, 1", "LITTLE_ENDIAN, 3", "BIG_ENDIAN, 250"})
    void aTiffHasAPageForEachDirectory(String order, int pages) throws Exception {
        assertThat(tiff(order, pages, 0)).hasValue(pages);
    }

    @Test
    void aThumbnailInATiffIsNoPage() throws Exception {
        assertThat(tiff("LITTLE_ENDIAN", 3, 1)).hasValue(2);
    }

    @Test
    void aTiffWhoseDirectoriesFormALoopIsUnknown() throws Exception {
        byte[] tiff = tiff(ByteOrder.LITTLE_ENDIAN, 2, 0);
        ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN).putInt(tiff.length - 4, 8);

        assertThat(Pages.count(file(tiff), "image/tiff")).isEmpty();
    }

    @Test
    void aTiffThatIsCutShortHasNotAllItsPagesWhereverItIsCut() throws Exception {
        byte[] tiff = tiff(ByteOrder.BIG_ENDIAN, 2, 0);

        for (int length = 0; length < tiff.length - 4; length++) {
            assertThat(Pages.count(file(Arrays.copyOf(tiff, length)), "image/tiff"))
                    .isNotEqualTo(OptionalInt.of(2));
        }
    }

    @Test
    void anXpsHasAPageForEachFixedPage() throws Exception {
        assertThat(Pages.count(xps("Documents/1/Pages/1.fpage", "Documents/1/Pages/2.FPAGE", "a.xml"), XPS))
                .hasValue(2);
        assertThat(Pages.count(xps("a.xml"), XPS)).isEmpty();
        assertThat(Pages.count(file("PK\003\004"), XPS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "text/plain", "image/tiff", "application/pdf", XPS, ""})
    void whatDoesNotTellItsPagesIsUnknown(String type) throws Exception {
        assertThat(Pages.count(file("hello"), type)).isEmpty();
        assertThat(Pages.count(file(""), type)).isEmpty();
        assertThat(Pages.count(folder.resolve("none"), type)).isEmpty();
    }

    @Test
    void aSubjectShowsThePagesOfTheScan() throws Exception {
        assertThat(ticket("${file}, ${pages} p.", "a.pdf", pdf(7)).header().subject())
                .isEqualTo("a.pdf, 7 p.");
    }

    @Test
    void theTextShowsThemToo() throws Exception {
        Path scan = pdf(2);
        Ticket ticket = ScanTicket.make(
                RequestTexts.rule("", "${pages}"), "folder", claimed("a.pdf", scan), "g", RequestTexts.NOON);

        assertThat(ticket.text()).isEqualTo("2");
    }

    @Test
    void aQuestionMarkStandsForPagesThatAreNotKnown() throws Exception {
        assertThat(ticket("Scan (${pages})", "a.pdf", file("%PDF-1.7 no"))
                        .header()
                        .subject())
                .isEqualTo("Scan (?)");
    }

    @ParameterizedTest(name = "three and a {0}: {2}")
    @CsvSource({"b.jpg, jpeg, 4", "b.bin, what, ?"})
    void thePagesOfSeveralFilesAreAddedUpAndOneThatIsUnknownMakesTheSumUnknown(String name, String content, String sum)
            throws Exception {
        Companion second = new Companion(Companion.Role.PAGE, name, file(content));
        Claimed both = new Claimed(RequestTexts.ID, "billing", "a.pdf", pdf(3), "", List.of(second));

        assertThat(ScanTicket.make(RequestTexts.rule("${pages}", ""), "folder", both, "g", RequestTexts.NOON)
                        .header()
                        .subject())
                .isEqualTo(sum);
    }

    private Ticket ticket(String subject, String name, Path scan) throws Exception {
        return ScanTicket.make(RequestTexts.rule(subject, ""), "folder", claimed(name, scan), "g", RequestTexts.NOON);
    }

    private static Claimed claimed(String name, Path scan) {
        return new Claimed(RequestTexts.ID, "billing", name, scan);
    }

    private Path pdf(int pages) throws IOException {
        Path file = Files.createTempFile(folder, "scan", ".pdf");
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            document.save(file.toFile(), CompressParameters.NO_COMPRESSION);
        }
        return file;
    }

    private OptionalInt tiff(String order, int directories, int thumbnails) throws IOException {
        ByteOrder octets = order.equals("LITTLE_ENDIAN") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return Pages.count(file(tiff(octets, directories, thumbnails)), "image/tiff");
    }

    /** Directories of two entries: NewSubfileType, ImageWidth. */
    private static byte[] tiff(ByteOrder order, int directories, int thumbnails) {
        ByteBuffer tiff = ByteBuffer.allocate(8 + directories * 30).order(order);
        tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II*\0" : "MM\0*").getBytes(ISO_8859_1))
                .putInt(8);
        for (int i = 1; i <= directories; i++) {
            tiff.putShort((short) 2);
            tiff.putShort((short) 254).putShort((short) 4).putInt(1).putInt(i <= thumbnails ? 1 : 2);
            tiff.putShort((short) 256).putShort((short) 4).putInt(1).putInt(100);
            tiff.putInt(i == directories ? 0 : tiff.position() + 4);
        }
        return tiff.array();
    }

    private Path xps(String... names) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(octets)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write('x');
            }
        }
        return file(octets.toByteArray());
    }

    private Path file(String content) throws IOException {
        return file(content.getBytes(ISO_8859_1));
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "scan", ""), content);
    }
}
