package org.mailchute.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Whether dots at line starts are doubled in pickup files, as on the wire of SMTP (RFC 5321 section 4.5.2). IIS and .NET
 * Framework have it so, Exchange and .NET since Core 3 do not; to get it wrong damages attachments.
 */
public enum DotStuffing {
    /** The first of the dots that begin a line is taken away. */
    YES,
    /** Files are taken as they are. */
    NO,
    /** As {@link #YES} for files in which every line that begins with a dot begins with two. */
    AUTO;

    /** Where a file's content comes from, as often as asked. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** The message without doubled dots. {@link #AUTO} reads the file twice. */
    InputStream open(Content content) throws IOException {
        boolean stuffed = this == YES || (this == AUTO && allDoubled(content));
        return stuffed ? new Unstuffed(content.open(), false) : content.open();
    }

    /** Without the first of the dots that begin a line behind a lone LF; other lines stay. */
    public static InputStream undoneAfterLoneLf(InputStream message) {
        return new Unstuffed(message, true);
    }

    private static boolean allDoubled(Content content) throws IOException {
        try (InputStream in = new BufferedInputStream(content.open(), 1 << 16)) {
            int beforeLast = '\n';
            int last = '\n';
            boolean any = false;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                boolean single = last == '.' && lineEnd(beforeLast) && octet != '.';
                if (single) {
                    return false;
                }
                any |= octet == '.' && lineEnd(last);
                beforeLast = last;
                last = octet;
            }
            return any && !(last == '.' && lineEnd(beforeLast));
        }
    }

    static boolean lineEnd(int octet) {
        return octet == '\n' || octet == '\r';
    }
}
