package org.mailchute.formats;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a PDF has its end (ISO 32000-1 section 7.5.5): the end of the file, not of a part that was written on, nor of a PDF that is
 * attached to it.
 */
final class PdfEnd {
    private static final String HEADER = "%PDF-";
    private static final String END = "%%EOF";
    private static final String PLACE = "startxref";
    private static final int TAIL = 64 << 10;
    /** Where readers look for the header (ISO 32000-1 annex H.3.4.1); a header behind it is another PDF's. */
    private static final int HEAD = 1_024;
    /** ISO 32000-1 annex F.2: a linearized file says its own length at the start. */
    private static final Pattern LINEARIZED = Pattern.compile("/Linearized\\b[^>]*/L\\s+(\\d{1,15})\\b");
    /**
     * Behind an end: objects that are appended (section 7.5.6), another PDF, or what follows an attached one. A digit line, printer
     * commands and the like are none.
     */
    private static final Pattern GOES_ON =
            Pattern.compile("\\d[\\x00-\\x20]+\\d+[\\x00-\\x20]+obj|endobj|endstream|xref|" + HEADER
                    + "|^[\\x00-\\x20]*\\d+[\\x00-\\x20]+\\d+(?:[\\x00-\\x20]+o?b?)?$");

    private static final Pattern OFFSET = Pattern.compile(PLACE + "[\\x00-\\x20]*(\\d{1,15})");
    private static final Pattern TABLE =
            Pattern.compile("^[\\x00-\\x20]*(?:xref|\\d+[\\x00-\\x20]+\\d+[\\x00-\\x20]+obj)");

    private final FileWindow file;
    private final String head;

    PdfEnd(FileWindow file) throws IOException {
        this.file = file;
        this.head = file.latin(0, HEAD);
    }

    /**
     * Whether a file that begins so is a PDF. Printers' commands and other control octets may come first; a text in which the mark
     * stands is a text.
     */
    static boolean begins(String head) {
        int header = head.indexOf(HEADER);
        return header == 0 || (header > 0 && !text(head.substring(0, header)));
    }

    private static boolean text(String junk) {
        return junk.chars().noneMatch(octet -> octet < ' ' && "\t\r\n\f".indexOf(octet) < 0)
                && junk.chars().anyMatch(octet -> octet < 0x80 && Character.isLetterOrDigit(octet));
    }

    boolean whole() throws IOException {
        long end = file.contentEnd();
        long start = Math.max(0, end - TAIL);
        String tail = file.latin(start, (int) (end - start));
        int last = tail.lastIndexOf(END);
        int place = last < 0 ? -1 : tail.lastIndexOf(PLACE, last);
        return place >= 0
                && longEnough()
                && !GOES_ON.matcher(tail.substring(last + END.length())).find()
                && !ofAttached(start + place, tail.substring(place, last));
    }

    private boolean longEnough() throws IOException {
        Matcher linearized = LINEARIZED.matcher(head);
        return !linearized.find() || Long.parseLong(linearized.group(1)) <= file.size();
    }

    /**
     * Whether this end belongs to a PDF that is attached as it is: it does not lead to our table of objects, and another PDF begins
     * before it where a stream does. (Some writers' ends lead nowhere, and every reader opens their files.)
     */
    private boolean ofAttached(long place, String end) throws IOException {
        Matcher offset = OFFSET.matcher(end);
        if (offset.find() && leads(Long.parseLong(offset.group(1)))) {
            return false;
        }
        long other = file.findLast(HEADER, place);
        return other >= 10 && file.latin(other - 10, 10).matches("(?s).*stream\\r?\\n");
    }

    private boolean leads(long offset) throws IOException {
        int shift = Math.max(0, head.indexOf(HEADER));
        return table(offset) || table(offset + shift);
    }

    private boolean table(long at) throws IOException {
        return TABLE.matcher(file.latin(at, 40)).find();
    }
}
