package org.mailchute.formats;

import java.io.IOException;

/**
 * Whether a JPEG picture has its end (ITU T.81 section B.1.1), and each one that follows right behind it, as cameras and 3D devices
 * write them (CIPA DC-007). What else lies behind is not the picture's: a film, padding.
 */
record JpegEnd(FileWindow file) {
    private static final String BEGIN = "\u00ff\u00d8\u00ff";
    private static final String END = "\u00ff\u00d9";

    /** Reads the picture up to its end: compressed data have no such mark, and a preview lies before them. */
    boolean whole() throws IOException {
        long picture = 0;
        long end;
        do {
            end = file.find(END, compressed(picture));
            picture = end + END.length();
        } while (end >= 0 && file.latin(picture, BEGIN.length()).equals(BEGIN));
        return end >= 0;
    }

    /** Where the compressed data begin, or where the chain of segments breaks; an embedded preview has an end of its own. */
    private long compressed(long picture) throws IOException {
        long at = picture + 2;
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
}
