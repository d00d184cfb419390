package org.mailchute.formats.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdfPagesTest {
    private static final CompressParameters CLASSIC = CompressParameters.NO_COMPRESSION;
    private static final CompressParameters STREAMS = new CompressParameters();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 199, 201, 3_000})
    void pagesOfAFileWithATableAreCounted(int pages) throws Exception {
        assertThat(count(pdf(pages, CLASSIC))).hasValue(pages);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 199, 201, 3_000})
    void pagesInStreamsOfObjectsAreCounted(int pages) throws Exception {
        assertThat(count(pdf(pages, STREAMS))).hasValue(pages);
    }

    @ParameterizedTest
    @CsvSource({"linearized.pdf, 5", "linearized-streams.pdf, 5", "encrypted.pdf, 5"})
    void filesOfAnotherProgramAreCounted(String name, int pages) throws Exception {
        assertThat(count(resource(name))).hasValue(pages);
    }

    @Test
    void pagesThatAreEncryptedAreUnknown() throws Exception {
        assertThat(count(resource("encrypted-streams.pdf"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNewestStateOfAFileThatWasChangedCounts(boolean streams) throws Exception {
        byte[] first = pdf(3, streams ? STREAMS : CLASSIC);
        byte[] longer = changed(first, 2);

        assertThat(count(longer)).hasValue(5);
        assertThat(count(changed(longer, -4))).hasValue(1);
    }

    @Test
    void whatThePageTreeSaysOfItsCountIsNotAsked() throws Exception {
        byte[] lying = text(pdf(3, CLASSIC)).replace("/Count 3", "/Count 9").getBytes(ISO_8859_1);

        assertThat(count(lying)).hasValue(3);
    }

    @Test
    void jobLinesOfAPrinterMayComeFirst() throws Exception {
        assertThat(count(joined("\u001b%-12345X@PJL JOB\r\n".getBytes(ISO_8859_1), pdf(4, CLASSIC))))
                .hasValue(4);
        assertThat(count(joined("junk\n".getBytes(ISO_8859_1), pdf(4, STREAMS))))
                .hasValue(4);
    }

    @Test
    void theFileMayBeFilledUpWithZeros() throws Exception {
        assertThat(count(joined(pdf(2, CLASSIC), new byte[5_000]))).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 1_000_000})
    void pagesAreLookedForWhereTheEndLeadsNowhere(int offset) throws Exception {
        String pdf = text(pdf(5, CLASSIC)).replaceFirst("startxref\\s+\\d+", "startxref\n" + offset);

        assertThat(count(pdf)).hasValue(5);
        assertThat(count(joined(pdf.getBytes(ISO_8859_1), new byte[100_000]))).hasValue(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePagesOfAnAttachedPdfAreNotCountedWhereverItStands(boolean table) throws Exception {
        String attached = text(pdf(9, CLASSIC));
        String inline =
                "<</Type/EmbeddedFile/Length " + attached.length() + ">>\nstream\n" + attached + "\nendstream\n";
        String pdf = new Sketch()
                        .object(
                                1,
                                "<</Type/Catalog/Names<</EmbeddedFiles<</Names[(a)<</EF<</F " + inline
                                        + ">>>>]>>>>/Pages 2 0 R>>")
                        .object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
                        .object(3, "<</Type/Page/Parent 2 0 R>>")
                        .stream(4, "/Type/EmbeddedFile", attached.getBytes(ISO_8859_1))
                        .table(" \n", 0, "/Root 1 0 R");

        assertThat(count(table ? pdf : pdf.substring(0, pdf.lastIndexOf("startxref")) + "startxref\n0\n%%EOF"))
                .hasValue(1);
    }

    @Test
    void entriesOfNineteenOctetsAndTablesThatBeginWithOneAreRead() throws Exception {
        String pdf = new Sketch()
                .object(1, "<</Type/Catalog/Pages 2 0 R>>")
                .object(2, "<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>")
                .object(3, "<</Type/Page/Parent 2 0 R>>")
                .object(4, "<</Type /Page /Parent 2 0 R>>")
                .table("\n", 1, "/Root 1 0 R");

        assertThat(count(pdf)).hasValue(2);
    }

    @Test
    void namesMayBeWrittenWithNumbersAndArraysMayLieApart() throws Exception {
        String pdf = new Sketch()
                .object(1, "<< % a comment >>\n/Type/Catalog/P#61ges 2 0 R/Text (a \\) (b) >> /Pages) /Hex<3e3e>>>")
                .object(2, "<</Type/Pages/K#69ds 5 0 R/Count -7>>")
                .object(3, "<</Type/Page/Size[-1.5 .5 +3 true null]>>")
                .object(4, "<</Kids[3 0 R <</Type/Page>>]>>")
                .object(5, "[4 0 R 3 0 R]")
                .table(" \n", 0, "/Root 1 0 R");

        assertThat(count(pdf)).hasValue(3);
    }

    @Test
    void whatStandsOnThePagesIsNotRead() throws Exception {
        Path file = folder.resolve("scan-of-1-mb.pdf");
        try (PDDocument document = new PDDocument()) {
            byte[] noise = new byte[1_000_000];
            new Random(1).nextBytes(noise);
            PDPage page = new PDPage();
            page.setContents(new PDStream(document, new ByteArrayInputStream(noise)));
            document.addPage(page);
            document.save(file.toFile(), CLASSIC);
        }
        Effort effort = new Effort();
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(PdfPages.count(channel, effort)).hasValue(1);
        }
        assertThat(effort.blocksRead()).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void aFileCutShortIsUnknownOrAsItWasAndNeverAFault(String kind) throws Exception {
        byte[] pdf = changed(pdf(2, kind.equals("classic") ? CLASSIC : STREAMS), 1);

        for (int length = 0; length < pdf.length; length += 5) {
            assertThat(count(Arrays.copyOf(pdf, length)).orElse(2)).isBetween(2, 3);
        }
    }

    @Test
    void noOctetChangedByChanceMakesAFault() throws Exception {
        Random chance = new Random(42);
        for (byte[] pdf : new byte[][] {
            changed(pdf(3, CLASSIC), 1), changed(pdf(3, STREAMS), 1), resource("linearized-streams.pdf")
        }) {
            for (int round = 0; round < 300; round++) {
                byte[] bad = pdf.clone();
                for (int i = 0; i <= chance.nextInt(4); i++) {
                    bad[chance.nextInt(bad.length)] = (byte) chance.nextInt(256);
                }
                assertThat(count(bad).orElse(1)).isPositive();
            }
        }
    }

    @Test
    void asPdfBoxCountsSoDoWe() throws Exception {
        for (byte[] pdf : new byte[][] {
            pdf(17, CLASSIC),
            changed(pdf(17, STREAMS), 5),
            resource("linearized.pdf"),
            resource("linearized-streams.pdf")
        }) {
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(count(pdf)).hasValue(document.getNumberOfPages());
            }
        }
    }

    private byte[] pdf(int pages, CompressParameters form) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            document.save(out, form);
        }
        return out.toByteArray();
    }

    /** Appended, as signing programs do. @param pages more, or fewer when negative */
    private static byte[] changed(byte[] pdf, int pages) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (int i = 0; i < pages; i++) {
                PDPage page = new PDPage();
                document.addPage(page);
                page.getCOSObject().setNeedToBeUpdated(true);
            }
            for (int i = 0; i > pages; i--) {
                document.removePage(0);
            }
            document.getPages().getCOSObject().setNeedToBeUpdated(true);
            document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
            document.saveIncremental(out);
        }
        return out.toByteArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PdfPagesTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static String text(byte[] pdf) {
        return new String(pdf, ISO_8859_1);
    }

    private OptionalInt count(String pdf) throws IOException {
        return count(pdf.getBytes(ISO_8859_1));
    }

    private OptionalInt count(byte[] pdf) throws IOException {
        try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("scan.pdf"), pdf))) {
            return PdfPages.count(channel);
        }
    }
}
