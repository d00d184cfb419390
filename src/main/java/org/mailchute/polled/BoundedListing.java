package org.mailchute.polled;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** A listing that has an end, in size and in time: commons-net keeps all of its lines, and waits for each octet anew. */
final class BoundedListing extends FilterInputStream {
    /** Octets. */
    static final int MOST = 8 << 20;
    /** Lines; each is an object with a calendar. */
    static final int LINES = 50_000;

    private final Deadline deadline;
    private int octets;
    private int lines;

    /** @param nanos as {@link System#nanoTime} */
    BoundedListing(InputStream from, LongSupplier nanos) {
        super(from);
        this.deadline = new Deadline(BoundedReplies.LONGEST, nanos);
    }

    static TooMuchSaid tooLong() {
        return new TooMuchSaid("its listing is longer than " + LINES + " lines or " + MOST
                + " octets; let fewer files lie in this folder");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int got = super.read(into, from, length);
        octets += Math.max(got, 0);
        for (int at = from; at < from + got; at++) {
            lines += into[at] == '\n' ? 1 : 0;
        }
        if (octets > MOST || lines > LINES) {
            throw tooLong();
        }
        deadline.check("its listing");
        return got;
    }
}
