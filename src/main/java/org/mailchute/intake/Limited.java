package org.mailchute.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error after so many octets. */
public final class Limited extends FilterInputStream {
    private long left;

    public Limited(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    /** More came than is allowed. */
    public static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] block, int offset, int length) throws IOException {
        int read = in.read(block, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int octets) throws IOException {
        left -= octets;
        if (left < 0) {
            throw new Exceeded();
        }
    }
}
