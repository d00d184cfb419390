package org.mailchute.formats;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Whether a file's structure is whole, for the types scanners write: a scanner that pauses longer than the stability time
 * between two pages still has not written the end. The type is that of where the file begins, and not of something in it. What
 * every reader opens counts as whole, with whatever stands behind its end. Reads head and tail; the whole only of a picture (up to
 * its end mark) and of a PDF whose end is odd, block by block.
 */
public final class Completeness {
    private static final int HEAD = 1_024;

    private static final String PNG = "\u0089PNG\r\n\u001a\n";
    /** The last chunk with its checksum, which never varies (ISO/IEC 15948 section 11.2.5). */
    private static final String PNG_END = "IEND\u00aeB`\u0082";

    private Completeness() {}

    /** Unknown types count as complete. A file that cannot be read does not: it is looked at again. */
    public static boolean complete(Path file) {
        return lacks(file).isEmpty();
    }

    /** What the file still lacks, as a sentence about it; empty when nothing. An empty file lacks everything. */
    public static Optional<String> lacks(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(lack(channel)).filter(words -> !words.isEmpty());
        } catch (IOException e) {
            return Optional.of("it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static String lack(FileChannel channel) throws IOException {
        FileWindow file = new FileWindow(channel, ByteOrder.BIG_ENDIAN);
        String head = file.latin(0, HEAD);
        Optional<ByteOrder> tiff = TiffDirectories.order(head);
        if (tiff.isPresent()) {
            boolean whole = new TiffDirectories(new FileWindow(channel, tiff.get())).whole();
            return whole ? "" : "its TIFF lacks a page, or part of one";
        }
        if (head.startsWith("\u00ff\u00d8")) {
            return new JpegEnd(file).whole() ? "" : "its JPEG picture has no end (FF D9)";
        }
        if (head.startsWith(PNG)) {
            return png(file) ? "" : "its PNG picture has no end (IEND)";
        }
        if (ZipDirectory.begins(head)) {
            boolean whole = new ZipDirectory(new FileWindow(channel, ByteOrder.LITTLE_ENDIAN)).whole();
            return whole ? "" : "its ZIP (XPS, Office) has no directory at its end";
        }
        if (PdfEnd.begins(head)) {
            return new PdfEnd(file).whole() ? "" : "its PDF has no end (%%EOF)";
        }
        if (head.isEmpty()) {
            return "it is empty";
        }
        return head.matches("\0*") ? "it begins with zeros only: room was made, nothing written" : "";
    }

    /** Some programs write one behind another. */
    private static boolean png(FileWindow file) throws IOException {
        for (long end = file.find(PNG_END, PNG.length()); end >= 0; end = file.find(PNG_END, end + 1)) {
            if (!file.latin(end + PNG_END.length(), PNG.length()).equals(PNG)) {
                return true;
            }
        }
        return false;
    }
}
