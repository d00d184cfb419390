package org.mailchute.intake;

import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** The chain of image file directories of a TIFF, one for each page (TIFF 6.0 section 2). */
final class TiffDirectories {
    /** Its entries come sorted, so this tag comes first. */
    private static final int SUBFILE_TYPE = 254;

    private static final int REDUCED = 1;
    private static final int MASK = 4;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int ENTRY = 12;
    private static final int SHORT = 3;
    /** More than any page has; a larger count is not a directory yet. */
    private static final long MOST_ENTRIES = 1_000;
    /** The format has no bound; PageNumber (tag 297) has this one. */
    private static final int MOST_PAGES = 65_535;
    /** Octets of one value, by type. */
    private static final int[] OCTETS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private final FileWindow file;

    TiffDirectories(FileWindow file) {
        this.file = file;
    }

    /** Every directory, and the last piece of every page's picture, lie inside the file. */
    boolean whole() throws IOException {
        Set<Long> seen = new HashSet<>();
        long directory = file.unsigned(4, 4);
        if (directory <= 0) {
            return false;
        }
        while (directory != 0 && seen.add(directory)) {
            long entries = file.unsigned(directory, 2);
            if (entries < 1 || entries > MOST_ENTRIES || !page(directory + 2, entries)) {
                return false;
            }
            directory = file.unsigned(directory + 2 + entries * ENTRY, 4);
            if (directory < 0) {
                return false;
            }
        }
        return true;
    }

    /** Thumbnails and masks (TIFF 6.0 section 8, NewSubfileType) are no pages; empty when the chain breaks or has no end. */
    OptionalInt pages() throws IOException {
        int pages = 0;
        int directories = 0;
        for (long directory = file.unsigned(4, 4); directory > 0; ) {
            long entries = file.unsigned(directory, 2);
            if (entries < 1 || entries > MOST_ENTRIES || ++directories > MOST_PAGES) {
                return OptionalInt.empty();
            }
            pages += shown(directory + 2, entries) ? 1 : 0;
            directory = file.unsigned(directory + 2 + entries * ENTRY, 4);
            if (directory < 0) {
                return OptionalInt.empty();
            }
        }
        return pages == 0 ? OptionalInt.empty() : OptionalInt.of(pages);
    }

    private boolean shown(long first, long entries) throws IOException {
        for (long at = first; at < first + entries * ENTRY; at += ENTRY) {
            long tag = file.unsigned(at, 2);
            if (tag >= SUBFILE_TYPE) {
                return tag > SUBFILE_TYPE || (file.unsigned(at + 8, 4) & (REDUCED | MASK)) == 0;
            }
        }
        return true;
    }

    private boolean page(long first, long entries) throws IOException {
        long pieces = 0;
        long offset = 0;
        for (long at = first; at < first + entries * ENTRY; at += ENTRY) {
            long last = last(at);
            if (last < 0) {
                return false;
            }
            switch ((int) file.unsigned(at, 2)) {
                case STRIP_OFFSETS, TILE_OFFSETS -> offset = last;
                case STRIP_LENGTHS, TILE_LENGTHS -> pieces = last;
                default -> {}
            }
        }
        return offset + pieces <= file.size();
    }

    /** An entry's last value, 0 when it is no whole number of two or four octets; -1 when it is not inside the file. */
    private long last(long entry) throws IOException {
        long type = file.unsigned(entry + 2, 2);
        long count = file.unsigned(entry + 4, 4);
        if (type < 0 || count < 0) {
            return -1;
        }
        long octets = type < OCTETS.length ? OCTETS[(int) type] * count : 0;
        long values = octets > 4 ? file.unsigned(entry + 8, 4) : entry + 8;
        if (values < 0 || values + octets > file.size()) {
            return -1;
        }
        boolean number = (type == SHORT || type == SHORT + 1) && count > 0;
        return number ? file.unsigned(values + octets - OCTETS[(int) type], OCTETS[(int) type]) : 0;
    }
}
