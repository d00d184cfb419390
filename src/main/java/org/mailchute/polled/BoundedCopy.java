package org.mailchute.polled;

import com.jcraft.jsch.SftpProgressMonitor;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Of what JSch fetches nothing beyond a bound reaches the disk; it ends a transfer in order only when asked after a piece of it. */
final class BoundedCopy extends FilterOutputStream {
    private final long most;
    private long octets;

    /** @param most octets */
    BoundedCopy(OutputStream to, long most) {
        super(to);
        this.most = most;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        long room = Math.max(0, most - octets);
        octets += length;
        out.write(from, offset, (int) Math.min(length, room));
    }

    /** @throws FileWithoutEnd when there were more */
    void check() throws FileWithoutEnd {
        if (octets > most) {
            throw FileWithoutEnd.longer(most);
        }
    }

    SftpProgressMonitor monitor() {
        return new SftpProgressMonitor() {
            @Override
            public void init(int way, String from, String to, long size) {
                // what the server says of its size was listed
            }

            @Override
            public boolean count(long more) {
                return octets <= most;
            }

            @Override
            public void end() {
                // whether it came whole is asked of the copy
            }
        };
    }
}
