package org.mailchute.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The socket under one session. Angus Mail keeps its streams private and refuses two commands in one write, which is what
 * PIPELINING (RFC 2920) is; so its socket factories come from here, and whole groups and the body are written past it. That
 * is safe because Angus flushes after each command. Replies are read past it as well: it never reads ahead of us.
 */
final class Wire {
    private final Clock clock;
    private final InetAddress address;
    private volatile @Nullable Socket plain;
    private volatile @Nullable Socket current;
    private volatile @Nullable Instant writingSince;
    private volatile Duration replyTimeout;
    private @Nullable Socket readFrom;
    private @Nullable ReplyReader replies;

    /**
     * @param address to connect to, whatever name the server goes by
     * @param replyTimeout for the first replies
     */
    Wire(Clock clock, InetAddress address, Duration replyTimeout) {
        this.clock = clock;
        this.address = address;
        this.replyTimeout = replyTimeout;
    }

    /** Makes the socket that is connected. */
    SocketFactory sockets() {
        return new PlainSockets();
    }

    /** Makes the TLS socket around it after STARTTLS. */
    SSLSocketFactory tls(SSLSocketFactory real) {
        return new CapturedTlsSockets(real, socket -> current = socket);
    }

    void write(String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        write(octets, 0, octets.length);
    }

    /** Goes straight to the socket, without a buffer of its own. */
    OutputStream body() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int from, int length) throws IOException {
                Wire.this.write(octets, from, length);
            }
        };
    }

    private void write(byte[] octets, int from, int length) throws IOException {
        writingSince = clock.instant();
        try {
            OutputStream out = socket().getOutputStream();
            out.write(octets, from, length);
            out.flush();
        } finally {
            writingSince = null;
        }
    }

    /** Whether the server has taken nothing for this long: a socket has no time-out for writing. */
    boolean stalledFor(Duration atLeast) {
        return Optional.ofNullable(writingSince)
                .filter(since -> !clock.instant().isBefore(since.plus(atLeast)))
                .isPresent();
    }

    /** How long {@link #reply} waits for a whole one from now on. */
    void replyTimeout(Duration timeout) {
        replyTimeout = timeout;
    }

    /** The lines of the next reply. What came before TLS was on is not read as if it had come over TLS (RFC 3207 section 4.2). */
    List<String> reply() throws IOException {
        Socket socket = socket();
        if (replies == null || readFrom != socket) {
            replies = new ReplyReader(socket.getInputStream());
            readFrom = socket;
        }
        Instant until = clock.instant().plus(replyTimeout);
        return replies.next(() -> socket.setSoTimeout(millis(until)));
    }

    /** A reply that comes octet by octet has no more time than one that comes at once. */
    private int millis(Instant until) throws SocketTimeoutException {
        long left = Duration.between(clock.instant(), until).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("the reply does not end");
        }
        return Math.toIntExact(left);
    }

    /** The TLS socket once there is one, else the plain one. */
    Socket socket() throws IOException {
        Socket socket = current;
        if (socket == null) {
            throw new IOException("not connected");
        }
        return socket;
    }

    /** Without a goodbye. The plain socket, because closing a TLS socket waits for a writer that is stuck. */
    void cut() {
        Socket socket = plain;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone either way
            }
        }
    }

    private final class PlainSockets extends SocketFactory {
        /** Angus Mail calls this one only, then binds and connects. */
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket() {
                @Override
                public void connect(SocketAddress server, int timeout) throws IOException {
                    super.connect(new InetSocketAddress(address, ((InetSocketAddress) server).getPort()), timeout);
                }
            };
            // a group of commands is shorter than a segment: Nagle's algorithm would hold it back
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            plain = socket;
            current = socket;
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
