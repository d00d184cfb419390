package org.mailchute.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Octets for a reader that must not ask for ever: how often it asked after all was read is bounded, whatever the clock says. */
public final class CountedStream extends InputStream {
    private static final int MOST_AFTER_THE_END = 100;

    private final ByteArrayInputStream octets;
    private int afterTheEnd;

    public CountedStream(byte[] octets) {
        this.octets = new ByteArrayInputStream(octets);
    }

    @Override
    public int read() {
        return counted(octets.read());
    }

    @Override
    public int read(byte[] block, int from, int length) {
        return counted(octets.read(block, from, length));
    }

    private int counted(int read) {
        if (read < 0 && ++afterTheEnd > MOST_AFTER_THE_END) {
            throw new AssertionError("asks for ever");
        }
        return read;
    }
}
