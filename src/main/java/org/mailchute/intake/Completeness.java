package org.mailchute.intake;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    private Completeness() {}

    /** Unknown types count as complete. A file that cannot be read does not: it is looked at again. */
    public static boolean complete(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            FileWindow window = new FileWindow(channel, ByteOrder.BIG_ENDIAN);
            String head = window.latin(0, HEAD);
            if (head.contains("%PDF-")) {
                return pdf(window, head);
            }
            if (head.startsWith("\u00ff\u00d8")) {
                return jpeg(window);
            }
            if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
                ByteOrder order = head.charAt(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
                return new TiffDirectories(new FileWindow(channel, order)).whole();
            }
            return head.isEmpty() || !head.matches("\0+"); // its place is reserved, its content is to come
        } catch (IOException e) {
            return false;
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
