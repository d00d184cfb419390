package org.mailchute.polled;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** A file that is no longer than its server listed: of what comes beyond it nothing reaches the disk. */
final class BoundedFile extends FilterInputStream {
    private final long most;
    private final Deadline deadline;
    private long octets;

    /**
     * @param most octets
     * @param nanos as {@link System#nanoTime}
     */
    BoundedFile(InputStream from, long most, LongSupplier nanos) {
        super(from);
        this.most = most;
        this.deadline = new Deadline(FileWithoutEnd.longest(most), nanos);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** One octet more than is allowed is asked for, to know whether there is one. */
    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int got = super.read(into, from, (int) Math.min(length, most - octets + 1));
        octets += Math.max(got, 0);
        if (octets > most) {
            throw FileWithoutEnd.longer(most);
        }
        if (deadline.isOver()) {
            throw FileWithoutEnd.slower(most);
        }
        return got;
    }
}
