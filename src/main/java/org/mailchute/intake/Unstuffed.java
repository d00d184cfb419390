package org.mailchute.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Takes the first dot of a line away, unless it is the whole line (RFC 5321 section 4.5.2). */
final class Unstuffed extends FilterInputStream {
    private static final int BLOCK = 1 << 16;

    /** Begins one octet late, so that a dot put back always has room. */
    private final byte[] block = new byte[BLOCK + 1];

    private int from;
    private int to;
    private final boolean onlyLoneLf;
    private int beforeLast = '\r';
    private int last = '\n';
    private boolean dotHeld;
    private boolean over;

    /** @param onlyLoneLf only behind an LF without CR */
    Unstuffed(InputStream in, boolean onlyLoneLf) {
        super(in);
        this.onlyLoneLf = onlyLoneLf;
    }

    @Override
    public int read() throws IOException {
        return fill() ? block[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        int some = Math.min(length, to - from);
        System.arraycopy(block, from, target, offset, some);
        from += some;
        return some;
    }

    private boolean fill() throws IOException {
        while (from == to && !over) {
            int read = in.read(block, 1, BLOCK);
            from = 0;
            to = 0;
            if (read < 0) {
                over = true;
                putBack();
            }
            for (int at = 1; at <= read; at++) {
                take(block[at]);
            }
        }
        return from < to;
    }

    private void take(byte octet) {
        if (octet == '.' && begins()) {
            dotHeld = true;
        } else {
            if (DotStuffing.lineEnd(octet)) {
                putBack();
            }
            dotHeld = false;
            block[to++] = octet;
        }
        beforeLast = last;
        last = octet;
    }

    private boolean begins() {
        return onlyLoneLf ? last == '\n' && beforeLast != '\r' : DotStuffing.lineEnd(last);
    }

    private void putBack() {
        if (dotHeld) {
            block[to++] = '.';
            dotHeld = false;
        }
    }
}
