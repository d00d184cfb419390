package org.mailchute.intake;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;

/** The directory at the end of a ZIP file, which XPS and Office files are (APPNOTE.TXT 6.3.10, section 4.3). */
final class ZipDirectory {
    private static final String ENTRY = "PK\003\004";
    private static final String DIRECTORY = "PK\001\002";
    private static final String END = "PK\005\006";
    private static final String END_64_PLACE = "PK\006\007";
    private static final int END_OCTETS = 22;
    private static final int END_64_PLACE_OCTETS = 20;
    /** Where an entry of the directory has its name. */
    private static final int NAME = 46;
    /** A comment of at most 65,535 octets may follow the end record. */
    private static final int TAIL = END_OCTETS + 65_535;
    /** The true number stands in a ZIP64 record. */
    private static final long ELSEWHERE = 0xffff_ffffL;

    private final FileWindow file;

    /** @param file read as little-endian */
    ZipDirectory(FileWindow file) {
        this.file = file;
    }

    static boolean begins(String head) {
        return head.startsWith(ENTRY) || head.startsWith(END);
    }

    /** The end record is there, with its comment, and the directory it names lies right before it. */
    boolean whole() throws IOException {
        long start = Math.max(0, file.size() - TAIL);
        String tail = file.latin(start, TAIL);
        for (int at = tail.lastIndexOf(END); at >= 0; at = tail.lastIndexOf(END, at - 1)) {
            if (ends(start + at)) {
                return true;
            }
        }
        return false;
    }

    /** Of an XPS document: the parts that are a page (ECMA-388 section 9.1.2). Empty when it has none, or ZIP64 form. */
    OptionalInt pages() throws IOException {
        long start = Math.max(0, file.size() - TAIL);
        int end = file.latin(start, TAIL).lastIndexOf(END);
        if (end < 0 || !ends(start + end)) {
            return OptionalInt.empty();
        }
        long entries = file.unsigned(start + end + 10, 2);
        long at = file.unsigned(start + end + 16, 4);
        int pages = 0;
        for (long i = 0; i < entries && file.latin(at, 4).equals(DIRECTORY); i++) {
            int name = (int) file.unsigned(at + 28, 2);
            pages += file.latin(at + NAME, name).toLowerCase(Locale.ROOT).endsWith(".fpage") ? 1 : 0;
            at += NAME + name + file.unsigned(at + 30, 2) + file.unsigned(at + 32, 2);
        }
        return pages == 0 ? OptionalInt.empty() : OptionalInt.of(pages);
    }

    private boolean ends(long end) throws IOException {
        long comment = file.unsigned(end + 20, 2);
        if (comment < 0 || end + END_OCTETS + comment > file.size()) {
            return false;
        }
        long octets = file.unsigned(end + 12, 4);
        long directory = file.unsigned(end + 16, 4);
        if (octets == ELSEWHERE || directory == ELSEWHERE) {
            return end > END_64_PLACE_OCTETS
                    && file.latin(end - END_64_PLACE_OCTETS, 4).equals(END_64_PLACE);
        }
        return directory + octets == end
                && (octets == 0 || file.latin(directory, 4).equals(DIRECTORY));
    }
}
