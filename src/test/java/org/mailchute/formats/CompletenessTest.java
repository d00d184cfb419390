package org.mailchute.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("P7: a half-written scan is told from a whole one by its structure")
class CompletenessTest {
    private static final String PDF = """
            %PDF-1.4
            1 0 obj
            << /Type /Catalog >>
            endobj
            xref
            0 1
            trailer << /Root 1 0 R >>
            startxref
            9
            %%EOF
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/org/mailchute/rehearsal/demo/scan.pdf", "/org/mailchute/rehearsal/demo/scan.tif"})
    void aScanCutShortAnywhereIsNotWholeYet(String resource) throws IOException {
        byte[] whole = resource(resource);

        assertThat(complete(whole)).isTrue();
        cutsAreNotWhole(whole, 16, whole.length - 6);
    }

    @Test
    void aPdfCutShortAnywhereIsNotWholeYet() throws IOException {
        byte[] whole = PDF.getBytes(ISO_8859_1);

        assertThat(complete(whole)).isTrue();
        cutsAreNotWhole(whole, 5, PDF.indexOf("%%EOF") + 4);
    }

    @Test
    void aPdfThatIsAppendedToIsNotWholeUntilItsNewEnd() throws IOException {
        String page = "7 0 obj\n<< >>\nendobj\nxref\n0 0\ntrailer << /Prev 9 >>\nstartxref\n150\n%%EOF\n";

        byte[] whole = (PDF + page).getBytes(ISO_8859_1);
        // "7" alone might be a line of digits, as some devices put there
        cutsAreNotWhole(whole, PDF.length() + 3, (PDF + page).lastIndexOf("%%EOF") + 4);
        assertThat(complete((PDF + page).getBytes(ISO_8859_1))).isTrue();
    }

    @Test
    void theEarlyEndMarkOfALinearizedPdfIsNotItsEnd() throws IOException {
        String first =
                "%PDF-1.6\n1 0 obj\n<</Linearized 1/L 5000/O 3/E 900/N 9/T 4000>>\nendobj\n" + "startxref\n0\n%%EOF\n";

        assertThat(complete(first.getBytes(ISO_8859_1))).isFalse();
        assertThat(complete((first + " ".repeat(5_000) + "startxref\n116\n%%EOF\n").getBytes(ISO_8859_1)))
                .isTrue();
    }

    @Test
    void junkAroundAPdfIsTolerated() throws IOException {
        String junk = "\u001b%-12345X@PJL\r\n";

        assertThat(complete((junk + PDF + junk + "\0".repeat(2_000)).getBytes(ISO_8859_1)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n0001234\n", "\n12345", "\u001a", "\n\n\n", "    ", "\n% signed 5 times\n", "\u00ff\u00ff"})
    void whatDevicesPutBehindTheEndOfAPdfIsTolerated(String behind) throws IOException {
        assertThat(complete((PDF + behind).getBytes(ISO_8859_1))).isTrue();
    }

    @Test
    void aFileMayBeFilledUpWithZerosBehindItsEnd() throws IOException {
        for (byte[] whole :
                List.of(PDF.getBytes(ISO_8859_1), jpeg(50), png(), zip(false), tiff(ByteOrder.BIG_ENDIAN, 2))) {
            assertThat(complete(Arrays.copyOf(whole, whole.length + 100_000))).isTrue();
            assertThat(complete(Arrays.copyOf(Arrays.copyOf(whole, whole.length / 2), whole.length + 100_000)))
                    .isFalse();
        }
    }

    @Test
    void theEndOfAnAttachedPdfIsNotItsEnd() throws IOException {
        String attached = "%PDF-1.4\n5 0 obj\n<< >>\nendobj\nxref\n0 1\ntrailer << >>\nstartxref\n29\n%%EOF\n";
        String before = "%PDF-1.4\n1 0 obj\n<< /Length " + attached.length() + " >>\nstream\n" + attached;
        String after = "\nendstream\nendobj\n";
        String end = "xref\n0 1\ntrailer << >>\nstartxref\n" + (before + after).length() + "\n%%EOF";
        byte[] whole = (before + after + end).getBytes(ISO_8859_1);

        assertThat(complete(whole)).isTrue();
        cutsAreNotWhole(whole, 5, whole.length - 1);
        byte[] noOffset = (before + after + end.replaceAll("startxref\n\\d+", "startxref\n0")).getBytes(ISO_8859_1);
        cutsAreNotWhole(noOffset, 5, noOffset.length - 1);
    }

    @Test
    void theTypeOfAFileIsThatOfItsBeginning() throws IOException {
        byte[] stored = zip(PDF.getBytes(ISO_8859_1));

        assertThat(complete(stored)).isTrue();
        cutsAreNotWhole(stored, 4, stored.length - 1);
        assertThat(complete("A PDF begins with\n%PDF-1.4\nand goes on.".getBytes(ISO_8859_1)))
                .isTrue();
        assertThat(complete("\r\n%PDF-1.4\n1 0 obj".getBytes(ISO_8859_1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aZipMayHaveRecordsForLargeOnesWhereverItsNumbersStand(boolean trueNumbers) throws IOException {
        byte[] whole = zip64(trueNumbers);

        assertThat(complete(whole)).isTrue();
        cutsAreNotWhole(whole, 4, whole.length - 1);
    }

    /** As APPNOTE.TXT 4.3.14 to 4.3.16 has them, between directory and end record. */
    private static byte[] zip64(boolean trueNumbers) throws IOException {
        byte[] plain = zip(PDF.getBytes(ISO_8859_1));
        int end = plain.length - 22 - "scanned".length();
        ByteBuffer small = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer zip = ByteBuffer.allocate(plain.length + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
        zip.put(plain, 0, end);
        zip.put("PK\6\6".getBytes(ISO_8859_1)).putLong(44).putShort((short) 45).putShort((short) 45);
        zip.putInt(0).putInt(0).putLong(small.getShort(end + 10)).putLong(small.getShort(end + 10));
        zip.putLong(small.getInt(end + 12)).putLong(small.getInt(end + 16));
        zip.put("PK\6\7".getBytes(ISO_8859_1)).putInt(0).putLong(end).putInt(1);
        zip.put(plain, end, plain.length - end);
        if (!trueNumbers) {
            zip.putInt(end + 56 + 20 + 12, -1).putInt(end + 56 + 20 + 16, -1);
        }
        return zip.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE", "BIG"})
    void everyPageOfABigTiffMustBeThere(String endian) throws IOException {
        byte[] whole = bigTiff(endian.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, 3);

        assertThat(complete(whole)).isTrue();
        cutsAreNotWhole(whole, 8, whole.length - 1);
    }

    /** Each page: a directory of two entries, then its strip. */
    private static byte[] bigTiff(ByteOrder order, int pages) {
        int page = 8 + 2 * 20 + 8 + 100;
        ByteBuffer tiff = ByteBuffer.allocate(16 + pages * page).order(order);
        tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(ISO_8859_1));
        tiff.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(16);
        for (int number = 0; number < pages; number++) {
            int start = 16 + number * page;
            tiff.position(start).putLong(2);
            tiff.putShort((short) 273).putShort((short) 16).putLong(1).putLong(start + page - 100);
            tiff.putShort((short) 279).putShort((short) 16).putLong(1).putLong(100);
            tiff.putLong(number + 1 < pages ? start + page : 0);
        }
        return tiff.array();
    }

    @Test
    void aTiffMayEndWithItsDirectoryWithoutSayingThatNoneFollows() throws IOException {
        byte[] directory = tiff(ByteOrder.LITTLE_ENDIAN, 1);
        ByteBuffer noStrip = ByteBuffer.wrap(directory).order(ByteOrder.LITTLE_ENDIAN);
        noStrip.putInt(8 + 2 + 8, 0).putInt(8 + 2 + 12 + 8, 8).putInt(8 + 2 + 24 + 8, 8);

        assertThat(complete(Arrays.copyOf(directory, 8 + 2 + 36))).isTrue();
        assertThat(complete(Arrays.copyOf(directory, 8 + 2 + 35))).isFalse();
    }

    @Test
    void aFilmBehindAJpegIsNotLookedAtButASecondPictureIs() throws IOException {
        byte[] picture = jpeg(50);
        byte[] film = Arrays.copyOf(picture, picture.length + 200_000);
        Arrays.fill(film, picture.length, film.length, (byte) 'x');
        ByteBuffer two = ByteBuffer.allocate(2 * picture.length).put(picture).put(picture);

        assertThat(complete(film)).isTrue();
        assertThat(complete(two.array())).isTrue();
        cutsAreNotWhole(two.array(), picture.length + 3, two.capacity() - 1);
    }

    @Test
    void aJpegCutShortAnywhereIsNotWholeYet() throws IOException {
        byte[] whole = jpeg(200);

        assertThat(complete(whole)).isTrue();
        cutsAreNotWhole(whole, 2, whole.length - 1);
    }

    @Test
    void theEndOfAJpegsPreviewIsNotItsEnd() throws IOException {
        byte[] preview = jpeg(20);
        byte[] picture = jpeg(200);
        ByteBuffer both = ByteBuffer.allocate(preview.length + picture.length + 4)
                .put(picture, 0, 2)
                .putShort((short) 0xffe1)
                .putShort((short) (preview.length + 2))
                .put(preview)
                .put(picture, 2, picture.length - 2);

        assertThat(complete(both.array())).isTrue();
        cutsAreNotWhole(both.array(), 2, both.capacity() - 1);
    }

    @Test
    void paddingAfterAJpegIsTolerated() throws IOException {
        byte[] whole = jpeg(50);

        assertThat(complete(Arrays.copyOf(whole, whole.length + 5_000))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE", "BIG"})
    void everyPageOfATiffMustBeThere(String endian) throws IOException {
        byte[] whole = tiff(endian.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, 3);

        assertThat(complete(whole)).isTrue();
        cutsAreNotWhole(whole, 4, whole.length - 1);
    }

    @Test
    void aTiffWhoseDirectoriesRunInACircleEnds() throws IOException {
        byte[] circle = tiff(ByteOrder.LITTLE_ENDIAN, 1);
        ByteBuffer.wrap(circle).order(ByteOrder.LITTLE_ENDIAN).putInt(8 + 2 + 36, 8);

        assertThat(complete(circle)).isTrue();
    }

    @Test
    void aFileWhosePlaceIsOnlyReservedIsNotWhole() throws IOException {
        assertThat(complete(new byte[50_000])).isFalse();
        byte[] half = Arrays.copyOf(PDF.getBytes(ISO_8859_1), PDF.length() / 2);
        assertThat(complete(Arrays.copyOf(half, 500_000))).isFalse();
    }

    @Test
    void unknownTypesAreWhole() throws IOException {
        assertThat(complete("anything".getBytes(ISO_8859_1))).isTrue();
    }

    @Test
    void anEmptyFileIsAPlaceholder() throws IOException {
        assertThat(complete(new byte[0])).isFalse();
    }

    @Test
    void aZipIsWholeWithItsDirectory() throws IOException {
        byte[] whole = zip(false);

        assertThat(complete(whole)).isTrue();
        cutsAreNotWhole(whole, 4, whole.length - 1);
    }

    @Test
    void theEndOfAZipInsideAZipIsNotItsEnd() throws IOException {
        byte[] whole = zip(true);

        assertThat(complete(whole)).isTrue();
        cutsAreNotWhole(whole, 4, whole.length - 1);
    }

    @Test
    void aPngCutShortAnywhereIsNotWholeYet() throws IOException {
        assertThat(complete(png())).isTrue();
        cutsAreNotWhole(png(), 8, png().length - 1);
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    @Test
    void whatIsLackingIsSaidInWords() throws IOException {
        assertThat(lacks(new byte[0])).isEqualTo("it is empty");
        assertThat(lacks(new byte[9])).contains("zeros");
        assertThat(lacks("%PDF-1.7".getBytes(ISO_8859_1))).isEqualTo("its PDF has no end (%%EOF)");
        assertThat(lacks(new byte[] {(byte) 0xff, (byte) 0xd8})).contains("JPEG");
        assertThat(lacks("II*\0".getBytes(ISO_8859_1))).contains("TIFF");
        assertThat(lacks("PK\3\4".getBytes(ISO_8859_1))).contains("ZIP");
        assertThat(Completeness.lacks(folder.resolve("gone"))).hasValue("it cannot be read (NoSuchFileException)");
    }

    private String lacks(byte[] content) throws IOException {
        return Completeness.lacks(Files.write(folder.resolve("scan"), content)).orElse("");
    }

    /** Two entries and a comment; the first may be a ZIP itself, stored as it is. */
    private static byte[] zip(boolean nested) throws IOException {
        return zip(nested ? zip(false) : "page".getBytes(ISO_8859_1));
    }

    private static byte[] zip(byte[] inner) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            CRC32 crc = new CRC32();
            crc.update(inner);
            ZipEntry stored = new ZipEntry("Documents/1/Pages/1.fpage");
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(inner.length);
            stored.setCrc(crc.getValue());
            zip.putNextEntry(stored);
            zip.write(inner);
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types/>".getBytes(ISO_8859_1));
            zip.setComment("scanned");
        }
        return out.toByteArray();
    }

    @Test
    void whatCannotBeReadIsNotWholeAndALinkIsNotFollowed() throws IOException {
        Path target = Files.writeString(folder.resolve("target.txt"), "anything");

        assertThat(Completeness.complete(folder.resolve("gone"))).isFalse();
        assertThat(Completeness.complete(Files.createSymbolicLink(folder.resolve("link"), target)))
                .isFalse();
        assertThat(Completeness.complete(folder)).isFalse();
    }

    @Test
    void garbageBehindAKnownStartThrowsNothing() throws IOException {
        Random chance = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            byte[] garbage = new byte[8 + chance.nextInt(3_000)];
            chance.nextBytes(garbage);
            byte[] start = new String[] {"%PDF-", "\u00ff\u00d8\u00ff", "II*\0", "MM\0*", "PK\3\4", "PK\5\6"}
                    [round % 6].getBytes(ISO_8859_1);
            System.arraycopy(start, 0, garbage, 0, start.length);

            assertThat(complete(garbage)).isIn(true, false);
        }
    }

    @Test
    void aLargeFileIsJudgedByAFewKilobytes() throws IOException {
        Path large = folder.resolve("large.pdf");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.write(PDF.getBytes(ISO_8859_1));
            file.setLength(4_000_000_000L); // sparse; read whole, it would take long
            file.seek(4_000_000_000L);
            file.write("startxref\n9\n%%EOF\n".getBytes(ISO_8859_1));
        }

        assertThat(Completeness.complete(large)).isTrue();
    }

    private void cutsAreNotWhole(byte[] whole, int shortest, int longest) throws IOException {
        Path cut = Files.write(folder.resolve("cut"), whole);
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            for (int length = longest; length >= shortest; length--) {
                channel.truncate(length);
                assertThat(Completeness.complete(cut))
                        .as("cut to %d of %d octets", length, whole.length)
                        .isFalse();
            }
        }
    }

    private boolean complete(byte[] content) throws IOException {
        return Completeness.complete(Files.write(folder.resolve("scan"), content));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CompletenessTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static byte[] jpeg(int edge) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(edge, edge, BufferedImage.TYPE_INT_RGB), "jpg", out);
        return out.toByteArray();
    }

    /** Pages of three entries each: a strip's place, its length, and a long text; the strip itself comes last. */
    private static byte[] tiff(ByteOrder order, int pages) {
        int directory = 2 + 3 * 12 + 4;
        int page = directory + 20 + 100;
        ByteBuffer tiff = ByteBuffer.allocate(8 + pages * page).order(order);
        tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(ISO_8859_1));
        tiff.putShort((short) 42).putInt(8);
        for (int number = 0; number < pages; number++) {
            int start = 8 + number * page;
            tiff.position(start).putShort((short) 3);
            entry(tiff, 273, 4, 1, start + directory + 20);
            entry(tiff, 279, 4, 1, 100);
            entry(tiff, 305, 2, 20, start + directory);
            tiff.putInt(number + 1 < pages ? start + page : 0);
        }
        return tiff.array();
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
