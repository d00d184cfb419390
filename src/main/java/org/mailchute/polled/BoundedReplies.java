package org.mailchute.polled;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server says between two of our commands has an end, in size and in time: commons-net keeps all lines of a reply, and waits for
 * each octet anew.
 */
final class BoundedReplies extends FilterReader {
    /** Characters. RFC 959 sets no limit; a folder's greeting is a page or two. */
    static final int MOST = 64 << 10;
    /** As long as servers may take for the longest step of SMTP (RFC 5321 section 4.5.3.2). */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private long left = MOST;
    private @Nullable Deadline deadline;

    /** @param nanos as {@link System#nanoTime} */
    BoundedReplies(Reader from, LongSupplier nanos) {
        super(from);
        this.nanos = nanos;
    }

    /** We have said something, or what was said is complete. */
    void anew() {
        left = MOST;
        deadline = null;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        if (left <= 0) {
            throw new TooMuchSaid("its reply is longer than " + MOST + " characters; look into the server's log");
        }
        Deadline until = deadline == null ? new Deadline(LONGEST, nanos) : deadline;
        deadline = until;
        int got = super.read(into, from, (int) Math.min(length, left));
        left -= Math.max(got, 0);
        until.check("its reply");
        return got;
    }
}
