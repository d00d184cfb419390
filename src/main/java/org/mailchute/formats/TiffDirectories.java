package org.mailchute.formats;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The chain of image file directories of a TIFF, one for each page (TIFF 6.0 section 2); in BigTIFF, for more than 4 GB, counts
 * and offsets are twice as wide (libtiff, "The BigTIFF File Format").
 */
public final class TiffDirectories {
    /** Octets that tell it. */
    public static final int START = 8;

    /** Its entries come sorted, so this tag comes first. */
    private static final int SUBFILE_TYPE = 254;

    private static final int REDUCED = 1;
    private static final int MASK = 4;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int LONG_8 = 16;
    private static final int BIG = 43;
    /** More than any page has; a larger count is not a directory yet. */
    private static final long MOST_ENTRIES = 1_000;
    /** The format has no bound; PageNumber (tag 297) has this one. */
    private static final int MOST_PAGES = 65_535;
    /** Octets of one value, by type. */
    private static final int[] OCTETS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private final FileWindow file;
    /** Octets of an offset, and of a count of values. */
    private final int wide;
    /** Octets of the number of a directory's entries. */
    private final int head;

    private final int entry;

    /** @param file in the order of its octets */
    TiffDirectories(FileWindow file) throws IOException {
        this.file = file;
        boolean big = file.unsigned(2, 2) == BIG;
        this.wide = big ? 8 : 4;
        this.head = big ? 8 : 2;
        this.entry = 4 + 2 * wide;
    }

    /** In which order its octets stand; empty when the file does not begin as a TIFF does. */
    public static Optional<ByteOrder> order(String start) {
        if (start.startsWith("II*\0") || start.startsWith("II+\0\b\0\0\0")) {
            return Optional.of(ByteOrder.LITTLE_ENDIAN);
        }
        return start.startsWith("MM\0*") || start.startsWith("MM\0+\0\b\0\0")
                ? Optional.of(ByteOrder.BIG_ENDIAN)
                : Optional.empty();
    }

    /** Where the first directory lies; 0 when that is not written yet. */
    private long first() throws IOException {
        return Math.max(0, file.unsigned(wide, wide));
    }

    /** How many entries it has; 0 when it is no directory yet. */
    private long entries(long directory) throws IOException {
        long entries = file.unsigned(directory, head);
        return entries <= MOST_ENTRIES ? Math.max(0, entries) : 0;
    }

    private long end(long directory, long entries) {
        return directory + head + entries * entry;
    }

    /** 0 behind the last; some writers do not write that 0 where the directory is the end of the file, and every reader takes it. */
    private long next(long end) throws IOException {
        return Math.max(0, file.unsigned(end, wide));
    }

    /** Every directory, and the last piece of every page's picture, lie inside the file. */
    boolean whole() throws IOException {
        Set<Long> seen = new HashSet<>();
        long directory = first();
        if (directory == 0) {
            return false;
        }
        while (directory != 0 && seen.add(directory)) {
            long entries = entries(directory);
            long end = end(directory, entries);
            if (entries == 0 || end > file.size() || !page(directory + head, end)) {
                return false;
            }
            directory = next(end);
        }
        return true;
    }

    /** Thumbnails and masks (TIFF 6.0 section 8, NewSubfileType) are no pages; empty when the chain breaks or has no end. */
    OptionalInt pages() throws IOException {
        int pages = 0;
        int directories = 0;
        for (long directory = first(); directory > 0; ) {
            long entries = entries(directory);
            long end = end(directory, entries);
            if (entries == 0 || end > file.size() || ++directories > MOST_PAGES) {
                return OptionalInt.empty();
            }
            pages += shown(directory + head, end) ? 1 : 0;
            directory = next(end);
        }
        return pages == 0 ? OptionalInt.empty() : OptionalInt.of(pages);
    }

    private boolean shown(long first, long end) throws IOException {
        for (long at = first; at < end; at += entry) {
            long tag = file.unsigned(at, 2);
            if (tag >= SUBFILE_TYPE) {
                return tag > SUBFILE_TYPE || (file.unsigned(at + 4 + wide, 4) & (REDUCED | MASK)) == 0;
            }
        }
        return true;
    }

    private boolean page(long first, long end) throws IOException {
        long pieces = 0;
        long offset = 0;
        for (long at = first; at < end; at += entry) {
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

    /** An entry's last value, 0 when it is no whole number of two or more octets; -1 when it is not inside the file. */
    private long last(long at) throws IOException {
        long type = file.unsigned(at + 2, 2);
        long count = file.unsigned(at + 4, wide);
        if (type < 0 || count < 0) {
            return -1;
        }
        int octets = type < OCTETS.length ? OCTETS[(int) type] : 0;
        long all = octets * count;
        long values = all > wide ? file.unsigned(at + 4 + wide, wide) : at + 4 + wide;
        if (values < 0 || values + all > file.size()) {
            return -1;
        }
        boolean number = (type == SHORT || type == LONG || type == LONG_8) && count > 0;
        return number ? file.unsigned(values + all - octets, octets) : 0;
    }
}
