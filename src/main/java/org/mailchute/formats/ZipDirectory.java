package org.mailchute.formats;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The directory at the end of a ZIP file, which XPS and Office files are (APPNOTE.TXT 6.3.10, section 4.3).
 *
 * @param file read as little-endian
 */
record ZipDirectory(FileWindow file) {
    private static final String ENTRY = "PK\003\004";
    private static final String DIRECTORY = "PK\001\002";
    private static final String END = "PK\005\006";
    private static final String END_64 = "PK\006\006";
    private static final String END_64_PLACE = "PK\006\007";
    private static final int END_OCTETS = 22;
    private static final int END_64_PLACE_OCTETS = 20;
    /** Where an entry of the directory has its name. */
    private static final int NAME = 46;
    /** A comment of at most 65,535 octets may follow the end record. */
    private static final int TAIL = END_OCTETS + 65_535;

    static boolean begins(String head) {
        return head.startsWith(ENTRY) || head.startsWith(END);
    }

    /**
     * Where the directory lies (APPNOTE.TXT 4.3.14 to 4.3.16). Writers that do not know beforehand how much will come (to a pipe)
     * have ZIP64 records though all numbers are small, and the end record then has the true numbers, too.
     *
     * @param end where the record that names it begins: it lies right before
     */
    private record Place(long start, long octets, long entries, long end) {}

    /** The end record is there, with its comment, and the directory it names lies right before it. */
    boolean whole() throws IOException {
        return directory().isPresent();
    }

    /** Of an XPS document: the parts that are a page (ECMA-388 section 9.1.2). Empty when it has none. */
    OptionalInt pages() throws IOException {
        Optional<Place> directory = directory();
        if (directory.isEmpty()) {
            return OptionalInt.empty();
        }
        long at = directory.get().start();
        int pages = 0;
        for (long i = 0; i < directory.get().entries() && file.latin(at, 4).equals(DIRECTORY); i++) {
            int name = (int) file.unsigned(at + 28, 2);
            pages += file.latin(at + NAME, name).toLowerCase(Locale.ROOT).endsWith(".fpage") ? 1 : 0;
            at += NAME + name + file.unsigned(at + 30, 2) + file.unsigned(at + 32, 2);
        }
        return pages == 0 ? OptionalInt.empty() : OptionalInt.of(pages);
    }

    private Optional<Place> directory() throws IOException {
        long start = Math.max(0, file.contentEnd() - TAIL);
        String tail = file.latin(start, TAIL);
        for (int at = tail.lastIndexOf(END); at >= 0; at = tail.lastIndexOf(END, at - 1)) {
            Optional<Place> found = place(start + at).filter(place -> place.start() + place.octets() == place.end());
            if (found.isPresent() && isThere(found.get())) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Place> place(long end) throws IOException {
        long comment = file.unsigned(end + 20, 2);
        if (comment < 0 || end + END_OCTETS + comment > file.size()) {
            return Optional.empty();
        }
        long locator = end - END_64_PLACE_OCTETS;
        if (locator < 0 || !file.latin(locator, 4).equals(END_64_PLACE)) {
            return Optional.of(
                    new Place(file.unsigned(end + 16, 4), file.unsigned(end + 12, 4), file.unsigned(end + 10, 2), end));
        }
        long large = file.unsigned(locator + 8, 8);
        return file.latin(large, 4).equals(END_64)
                ? Optional.of(new Place(
                        file.unsigned(large + 48, 8),
                        file.unsigned(large + 40, 8),
                        file.unsigned(large + 32, 8),
                        large))
                : Optional.empty();
    }

    private boolean isThere(Place directory) throws IOException {
        return directory.octets() == 0 || file.latin(directory.start(), 4).equals(DIRECTORY);
    }
}
