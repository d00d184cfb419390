package org.mailchute.polled;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;

/**
 * One session with an SFTP server, each step of which has an end, in size and in time. JSch waits for as long as the server
 * gives signs of life, keeps all of a listing, and takes the names of files for patterns.
 */
public final class SftpSession implements AutoCloseable {
    private static final int CONNECT_MILLIS = 20_000;

    private final ClosableSockets sockets;
    private final Session session;
    private final ChannelSftp channel;
    private final Duration longest;

    private SftpSession(ClosableSockets sockets, Session session, ChannelSftp channel, Duration longest) {
        this.sockets = sockets;
        this.session = session;
        this.channel = channel;
        this.longest = longest;
    }

    /** Connects it and logs in. */
    static SftpSession open(Session session, Duration longest) throws JSchException {
        ClosableSockets sockets = new ClosableSockets(CONNECT_MILLIS);
        session.setSocketFactory(sockets);
        try {
            return sockets.<SftpSession, JSchException>within("its login", longest, () -> {
                session.connect(CONNECT_MILLIS);
                ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
                channel.connect(CONNECT_MILLIS);
                return new SftpSession(sockets, session, channel, longest);
            });
        } catch (SocketTimeoutException e) {
            session.disconnect();
            throw new JSchException(e.getMessage(), e);
        } catch (JSchException e) {
            session.disconnect();
            throw e;
        }
    }

    /** Of the names of files. */
    public void speak(Charset charset) {
        channel.setFilenameEncoding(charset);
    }

    /** Whether it can be used; a server that went away in silence is found by asking. */
    public boolean isAlive() {
        return session.isConnected() && channel.isConnected();
    }

    /** Says something to it that needs no answer. */
    public void sendKeepAlive() throws IOException {
        try {
            session.sendKeepAliveMsg();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /**
     * What lies in a folder, but for itself and what is above it.
     *
     * @param folder empty for the one where the user lands
     * @throws TooMuchSaid when it has no end; the session is of no use any more
     */
    public List<ChannelSftp.LsEntry> list(String folder) throws IOException, SftpException {
        SftpListing listing = new SftpListing();
        sockets.<SftpException>runWithin(
                "its listing", longest, () -> channel.ls(folder.isEmpty() ? "." : plain(folder), listing));
        return listing.entries();
    }

    /**
     * Fetches a file.
     *
     * @param most octets; nothing beyond is written
     * @throws FileWithoutEnd when there are more
     */
    public void get(String name, OutputStream into, long most) throws IOException, SftpException {
        BoundedCopy copy = new BoundedCopy(into, most);
        try {
            sockets.<SftpException>runWithin(
                    "the file", FileWithoutEnd.longest(most), () -> channel.get(plain(name), copy, copy.monitor()));
        } catch (SocketTimeoutException e) {
            throw FileWithoutEnd.slower(most);
        }
        copy.check();
    }

    public void delete(String name) throws IOException, SftpException {
        sockets.<SftpException>runWithin("the deletion", longest, () -> channel.rm(plain(name)));
    }

    /** JSch would fetch, and delete, whatever fits it: a file may be named {@code *}. */
    private static String plain(String name) {
        return name.replaceAll("[\\\\*?]", "\\\\$0");
    }

    @Override
    public void close() {
        session.disconnect();
    }
}
