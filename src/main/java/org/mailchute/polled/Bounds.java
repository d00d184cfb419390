package org.mailchute.polled;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.Socket;
import org.apache.commons.net.ProtocolCommandEvent;
import org.apache.commons.net.ProtocolCommandListener;
import org.apache.commons.net.io.CRLFLineReader;
import org.jspecify.annotations.Nullable;

/** How much a server may say in one session of commons-net's clients, whose two kinds have no parent of ours. */
final class Bounds implements ProtocolCommandListener {
    private @Nullable BoundedReplies replies;

    /** For the control connection as it is from now on. */
    Reader replies(Socket control, String charset) throws IOException {
        BoundedReplies reader =
                new BoundedReplies(new InputStreamReader(control.getInputStream(), charset), System::nanoTime);
        replies = reader;
        return reader;
    }

    /** As {@link #replies}, a line at a time. */
    BufferedReader lines(Socket control, String charset) throws IOException {
        return new CRLFLineReader(replies(control, charset));
    }

    @Override
    public void protocolCommandSent(ProtocolCommandEvent event) {
        anew();
    }

    @Override
    public void protocolReplyReceived(ProtocolCommandEvent event) {
        anew();
    }

    private void anew() {
        if (replies != null) {
            replies.anew();
        }
    }

    /** @param data null where the server gave none */
    static @Nullable Socket listing(String command, @Nullable Socket data) {
        return data == null || !command.equals("LIST") ? data : new Listed(data);
    }

    /** All that is asked of the data connection of a listing. */
    private static final class Listed extends Socket {
        private final Socket real;

        Listed(Socket real) {
            this.real = real;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new BoundedListing(real.getInputStream());
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
