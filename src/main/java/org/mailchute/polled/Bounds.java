package org.mailchute.polled;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.Socket;
import org.apache.commons.net.ProtocolCommandEvent;
import org.apache.commons.net.ProtocolCommandListener;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.io.CRLFLineReader;
import org.jspecify.annotations.Nullable;

/** How much a server may say in one session of commons-net's clients, whose two kinds have no parent of ours. */
public final class Bounds implements ProtocolCommandListener {
    private @Nullable BoundedReplies replies;
    private long mostOfFile;
    private String command = "";

    Bounds() {}

    /** A client that has them. */
    interface Bounded {
        Bounds bounds();
    }

    /** Those of a client of ours. */
    public static Bounds of(FTPClient client) {
        return ((Bounded) client).bounds();
    }

    /** @param most octets of the file that is fetched next */
    public void expectFile(long most) {
        mostOfFile = most;
    }

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
        command = event.getCommand();
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

    /** Opens a data connection as the client itself does; null where the server gives none. */
    @FunctionalInterface
    interface Opener {
        @Nullable
        Socket open() throws IOException;
    }

    /**
     * The data connection of this command, as far as it may go. A server that has no passive mode, which RFC 959 section 5.1 does not
     * ask of it, connects to us.
     */
    @Nullable
    Socket open(FTPClient client, String wanted, Opener opener) throws IOException {
        Socket data = opener.open();
        if (data == null && hasNoPassiveMode(client.getReplyCode())) {
            client.enterLocalActiveMode();
            data = opener.open();
        }
        return data == null ? data : bounded(wanted, data);
    }

    private boolean hasNoPassiveMode(int code) {
        return command.equals("PASV")
                && (code == FTPReply.UNRECOGNIZED_COMMAND || code == FTPReply.COMMAND_NOT_IMPLEMENTED);
    }

    private Socket bounded(String wanted, Socket data) throws IOException {
        if (FtpAnswer.LISTINGS.contains(wanted)) {
            return new Received(data, new BoundedListing(data.getInputStream(), System::nanoTime));
        }
        return wanted.equals("RETR")
                ? new Received(data, new BoundedFile(data.getInputStream(), mostOfFile, System::nanoTime))
                : data;
    }

    /** All that is asked of a data connection that we read. */
    private static final class Received extends Socket {
        private final Socket real;
        private final InputStream bounded;

        Received(Socket real, InputStream bounded) {
            this.real = real;
            this.bounded = bounded;
        }

        @Override
        public InputStream getInputStream() {
            return bounded;
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
