package org.mailchute.intake;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a file's structure is whole, for the types scanners write: a scanner that pauses longer than the stability time
 * between two pages still has not written the end. Reads a few kilobytes of head and tail, never the whole.
 */
public final class Completeness {
    private static final int HEAD = 1_024;
    private static final int TAIL = 64 << 10;
    /** ISO 32000-1 annex F.2: a linearized file says its own length at the start. */
    private static final Pattern LINEARIZED = Pattern.compile("/Linearized\\b[^>]*/L\\s+(\\d{1,15})\\b");
    /** ISO 32000-1 section 7.5.6: what is appended to a PDF begins with an object, and an object with its number. */
    private static final Pattern APPENDED = Pattern.compile("^[\\x00-\\x20]*\\d");

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
            FileWindow window = new FileWindow(channel, ByteOrder.BIG_ENDIAN);
            String head = window.latin(0, HEAD);
            String lack = "";
            if (head.contains("%PDF-")) {
                lack = pdf(window, head) ? "" : "its PDF has no end (%%EOF)";
            } else if (head.startsWith("\u00ff\u00d8")) {
                lack = jpeg(window) ? "" : "its JPEG picture has no end (FF D9)";
            } else if (head.startsWith(PNG)) {
                lack = tail(window).contains(PNG_END) ? "" : "its PNG picture has no end (IEND)";
            } else if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
                ByteOrder order = head.charAt(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
                boolean whole = new TiffDirectories(new FileWindow(channel, order)).whole();
                lack = whole ? "" : "its TIFF lacks a page, or part of one";
            } else if (ZipDirectory.begins(head)) {
                boolean whole = new ZipDirectory(new FileWindow(channel, ByteOrder.LITTLE_ENDIAN)).whole();
                lack = whole ? "" : "its ZIP (XPS, Office) has no directory at its end";
            } else if (head.matches("\0*")) {
                lack = head.isEmpty() ? "it is empty" : "it begins with zeros only: room was made, nothing written";
            }
            return Optional.of(lack).filter(words -> !words.isEmpty());
        } catch (IOException e) {
            return Optional.of("it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static boolean pdf(FileWindow file, String head) throws IOException {
        String tail = tail(file);
        int end = tail.lastIndexOf("%%EOF");
        if (end < 0 || tail.lastIndexOf("startxref", end) < 0) {
            return false;
        }
        Matcher linearized = LINEARIZED.matcher(head);
        boolean allThere = !linearized.find() || Long.parseLong(linearized.group(1)) <= file.size();
        return allThere && !APPENDED.matcher(tail.substring(end + 5)).find();
    }

    /** The end mark must come after the start of the picture: an embedded preview has one of its own. */
    private static boolean jpeg(FileWindow file) throws IOException {
        String tail = tail(file);
        int end = tail.lastIndexOf("\u00ff\u00d9");
        long start = Math.max(0, file.size() - TAIL);
        return end >= 0 && start + end >= picture(file);
    }

    /** Where the picture itself begins (ITU T.81 section B.1.1.4), or where the chain of segments breaks. */
    private static long picture(FileWindow file) throws IOException {
        long at = 2;
        while (file.unsigned(at, 1) == 0xff) {
            long marker = file.unsigned(at + 1, 1);
            long length = file.unsigned(at + 2, 2);
            if (marker == 0xff) {
                at++; // fill octet
            } else if (marker == 0xda || marker == 0xd9 || length < 2) {
                return at;
            } else {
                at += 2 + length;
            }
        }
        return at;
    }

    private static String tail(FileWindow file) throws IOException {
        return file.latin(Math.max(0, file.size() - TAIL), TAIL);
    }
}
