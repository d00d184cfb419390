package org.mailchute.formats.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to stop or slow whoever counts their pages. */
class HostilePdfTest {
    private static final String CATALOG = "<</Type/Catalog/Pages 2 0 R>>";
    private static final String PAGE = "<</Type/Page>>";
    private static final byte[] BOMB = bomb(1_000);
    /** Octets that whoever counts takes from the heap, however often they are free again: half of it is used. A bomb needs a gigabyte. */
    private static final long MOST_MEMORY = 256L << 20;

    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    static Stream<Named<String>> files() throws IOException {
        return Stream.of(
                Named.of("a branch that is its own kid", tree("<</Type/Pages/Kids[2 0 R]>>", PAGE)),
                Named.of("branches that hold each other", tree("<</Kids[3 0 R]>>", "<</Kids[2 0 R]>>")),
                Named.of("one branch a million times", tree(kids(1_000_000, 3), "<</Kids[4 0 R]>>", PAGE)),
                Named.of("one page a million times", tree(kids(1_000_000, 3), PAGE)),
                Named.of("each branch twice, forty deep", doubled(40)),
                Named.of("no kids", tree("<</Type/Pages/Kids[]>>")),
                Named.of("kids that are none", tree("<</Type/Pages/Kids[9 0 R 1 2 true null]>>")),
                Named.of("a kid that lies nowhere", tree("<</Type/Pages/Kids[3 0 R 99999999999999 0 R]>>", PAGE)),
                Named.of("a kid with a huge number", tree("<</Kids[99999999999999999999999999 0 R]>>", PAGE)),
                Named.of("no page tree", tree("42")),
                Named.of(
                        "a catalogue that is itself",
                        new Sketch().object(1, "1 0 R").table(" \n", 0, "/Root 1 0 R")),
                Named.of("a direct catalogue", new Sketch().object(1, PAGE).table(" \n", 0, "/Root<<>>")),
                Named.of("no catalogue", new Sketch().object(1, PAGE).table(" \n", 0, "")),
                Named.of("arrays a million deep", tree("<</Kids" + "[".repeat(1_000_000), PAGE)),
                Named.of("dictionaries a million deep", tree("<</A".repeat(1_000_000), PAGE)),
                Named.of("parentheses a million deep", tree("(".repeat(1_000_000), PAGE)),
                Named.of("a word of a million letters", tree("a".repeat(1_000_000), PAGE)),
                Named.of("a million keys", tree("<<" + keys(1_000_000) + ">>", PAGE)),
                Named.of("a comment without an end", tree("%" + "a".repeat(1_000_000), PAGE)),
                Named.of("hex without an end", tree("<" + "0".repeat(1_000_000), PAGE)),
                Named.of("a table that is its own past", prev("9")),
                Named.of("a past beyond the file", prev("999999999999999999")),
                Named.of("a past below zero", prev("-5")),
                Named.of("a past beyond all numbers", prev("99999999999999999999999999999999")),
                Named.of(
                        "a table of no entries, a million times",
                        "%PDF-1.4\nxref\n" + "1 0\n".repeat(1_000_000) + end(9)),
                Named.of("a table of more entries than numbers", "%PDF-1.4\nxref\n0 999999999999999999\n" + end(9)),
                Named.of("a table without a trailer", "%PDF-1.4\nxref\n0 1\n0000000000 65535 f \n" + end(9)),
                Named.of("a table in the header", "%PDF-1.4\n" + end(0)),
                Named.of("a table beyond the file", "%PDF-1.4\n" + end(Long.MAX_VALUE / 10)),
                Named.of("startxref everywhere", "%PDF-1.4\n" + "startxref".repeat(100_000)),
                Named.of("a table that says its entries have no octets", widths("0 0 0")),
                Named.of("a table with entries of a million octets", widths("1000000 1000000 1000000")),
                Named.of("a table with entries below no octets", widths("-1 4 1")),
                Named.of("a table of too few fields", widths("1")),
                Named.of("a table that is cut short", table("/W[1 4 1]/Size 99/Root 1 0 R", new byte[6])),
                Named.of(
                        "a table of a billion stretches",
                        table("/W[1 4 1]/Root 1 0 R/Index[" + "0 1 ".repeat(90_000) + "]/Size 9", new byte[60])),
                Named.of(
                        "a table in a row as wide as the world",
                        table(
                                "/W[1 4 1]/Root 1 0 R/Size 1/DecodeParms<</Predictor 15/Columns 2147483647>>",
                                new byte[60])),
                Named.of(
                        "a table predicted by nobody",
                        table("/W[1 4 1]/Root 1 0 R/Size 1/DecodeParms<</Predictor 15/Columns 2>>", filled(60, 77))),
                Named.of(
                        "a table of a gigabyte of zeros",
                        table("/W[1 4 1]/Root 1 0 R/Size 1/Filter/FlateDecode", BOMB)),
                Named.of("objects in a gigabyte of blanks", objects("/N 2/First 9/Filter/FlateDecode", BOMB)),
                Named.of("a stream that is no Flate", objects("/N 2/First 9/Filter/FlateDecode", filled(50, 3))),
                Named.of(
                        "a stream packed twice",
                        objects("/N 2/First 9/Filter[/FlateDecode/FlateDecode]", packed(filled(1_000_000, ' ')))),
                Named.of(
                        "a stream that needs a dictionary",
                        objects("/Filter/FlateDecode", new byte[] {0x78, (byte) 0xbb, 0, 0, 0, 0})),
                Named.of("a stream by another filter", objects("/N 2/First 9/Filter/LZWDecode", filled(50, 3))),
                Named.of("a stream of a billion objects", objects("/N 999999999/First 9", filled(50, ' '))),
                Named.of("a stream of objects in itself", objects("/N 1/First 4", "5 0 <<>>".getBytes(ISO_8859_1))));
    }

    @ParameterizedTest
    @MethodSource("files")
    void pagesAreUnknownSoon(String pdf) throws IOException {
        assertThat(count(pdf)).isEmpty();
    }

    @Test
    void aLongChainOfTablesThatWereChangedIsNotFollowedForEver() throws IOException {
        StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
        long previous = 0;
        for (int i = 0; i < 20_000; i++) {
            long start = pdf.length();
            pdf.append("xref\n0 0\ntrailer\n<</Prev ").append(previous).append(">>\n");
            previous = start;
        }
        pdf.append(end(previous));

        assertThat(count(pdf.toString())).isEmpty();
    }

    @Test
    void streamsThatAreOpenedByTurnsAreOpenedOnlySoOften() throws IOException {
        // pages that lie by turns in four streams of objects, of which three are kept
        int pages = 4_000;
        Sketch sketch = new Sketch();
        ByteBuffer table = ByteBuffer.allocate((pages + 20) * 7);
        int[] offsets = new int[4];
        for (int stream = 0; stream < 4; stream++) {
            StringBuilder head = new StringBuilder();
            int from = stream;
            String numbers = IntStream.range(0, pages / 4)
                    .mapToObj(i -> (10 + from + i * 4) + " 0")
                    .collect(Collectors.joining(" "));
            head.append(numbers).append('\n');
            offsets[stream] = sketch.length();
            byte[] content = (head + PAGE + " ".repeat(1_000_000)).getBytes(ISO_8859_1);
            sketch.stream(
                    3 + stream, "/N " + pages / 4 + "/First " + head.length() + "/Filter/FlateDecode", packed(content));
        }
        int catalog = sketch.length();
        sketch.object(1, CATALOG);
        int tree = sketch.length();
        sketch.object(
                2,
                "<</Kids["
                        + IntStream.range(10, 10 + pages)
                                .mapToObj(i -> i + " 0 R")
                                .collect(Collectors.joining(" ")) + "]>>");
        entry(table, 0, 0, 0);
        entry(table, 1, catalog, 0);
        entry(table, 1, tree, 0);
        for (int offset : offsets) {
            entry(table, 1, offset, 0);
        }
        for (int i = 7; i < 10; i++) {
            entry(table, 0, 0, 0);
        }
        for (int i = 0; i < pages; i++) {
            entry(table, 2, 3 + i % 4, i / 4);
        }
        String pdf = sketch.stream(20_000, "/Type/XRef/W[1 4 2]/Root 1 0 R/Size " + (10 + pages), table.array())
                .end();

        assertThat(count(pdf)).isEmpty();
    }

    private static void entry(ByteBuffer table, int type, int second, int third) {
        table.put((byte) type).putInt(second).putShort((short) third);
    }

    private static String tree(String... values) {
        Sketch sketch = new Sketch().object(1, CATALOG);
        for (int i = 0; i < values.length; i++) {
            sketch.object(i + 2, values[i]);
        }
        return sketch.table(" \n", 0, "/Root 1 0 R");
    }

    private static String doubled(int deep) {
        return tree(IntStream.rangeClosed(3, deep + 3)
                .mapToObj(next -> next == deep + 3 ? PAGE : "<</Kids[" + next + " 0 R " + next + " 0 R]>>")
                .toArray(String[]::new));
    }

    private static String kids(int count, int number) {
        return "<</Type/Pages/Kids[" + (number + " 0 R ").repeat(count) + "]>>";
    }

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "/K" + i + " 0").collect(Collectors.joining());
    }

    private static String prev(String offset) {
        return "%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Prev " + offset + "/Size 1>>\n" + end(9);
    }

    private static String end(long start) {
        return "startxref\n" + start + "\n%%EOF\n";
    }

    private static String widths(String widths) {
        return table("/W[" + widths + "]/Root 1 0 R/Size 9", new byte[90]);
    }

    private static String table(String dictionary, byte[] content) {
        return new Sketch()
                .object(1, CATALOG).stream(2, "/Type/XRef" + dictionary, content)
                        .end();
    }

    /** Object 1 lies in object 5, a stream. */
    private static String objects(String dictionary, byte[] content) {
        Sketch sketch = new Sketch();
        int start = sketch.length();
        sketch.stream(5, "/Type/ObjStm" + dictionary, content);
        ByteBuffer table = ByteBuffer.allocate(6 * 7);
        entry(table, 0, 0, 0);
        entry(table, 2, 5, 0);
        entry(table, 2, 5, 1);
        entry(table, 0, 0, 0);
        entry(table, 0, 0, 0);
        entry(table, 1, start, 0);
        return sketch.stream(6, "/Type/XRef/W[1 4 2]/Root 1 0 R/Size 6", table.array())
                .end();
    }

    /** So many MB of blanks: one, and then what the next one looks like to Flate, again and again. It does not end, nor need it. */
    private static byte[] bomb(int megabytes) {
        Deflater deflater = new Deflater();
        byte[] blanks = filled(1_000_000, ' ');
        byte[] room = new byte[10_000];
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        deflater.setInput(blanks);
        packed.write(room, 0, deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH));
        deflater.setInput(blanks);
        int next = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
        for (int i = 1; i < megabytes; i++) {
            packed.write(room, 0, next);
        }
        deflater.end();
        return packed.toByteArray();
    }

    private static byte[] packed(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] filled(int length, int octet) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) octet);
        return content;
    }

    private OptionalInt count(String pdf) throws IOException {
        Path file = Files.write(folder.resolve("hostile.pdf"), pdf.getBytes(ISO_8859_1));
        try (FileChannel channel = FileChannel.open(file)) {
            long before = memory.getCurrentThreadAllocatedBytes();
            OptionalInt pages = PdfPages.count(channel);
            assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_MEMORY);
            return pages;
        }
    }
}
