package org.mailchute.polled;

import java.io.IOException;
import java.io.Reader;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/**
 * FTPS (RFC 4217) whose data connections resume the TLS session of the control connection, as vsftpd, ProFTPD and FileZilla
 * Server demand (RFC 4217 section 10.2 lets a server see by it that both are one client's). The host-name check counts for data
 * connections too.
 *
 * <p>Java looks a session up by the host that it is told and the <em>port of the socket below</em>. That of a data connection is
 * another one each time, so the socket below says that it has the control connection's.
 */
public final class ResumingFtps extends FTPSClient implements Bounds.Bounded {
    private final SSLContext context;
    private final Bounds bounds = new Bounds();

    /** @param implicit whether TLS begins at once */
    public ResumingFtps(boolean implicit, SSLContext context) {
        super(implicit, context);
        this.context = context;
        setEndpointCheckingEnabled(true);
        addProtocolCommandListener(bounds);
        setStrictReplyParsing(false); // a code without text is an answer
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }

    @Override
    protected void _connectAction_(@Nullable Reader ignored) throws IOException {
        super._connectAction_(bounds.replies(_socket_, getControlEncoding()));
        // what the server says of UTF-8 has made another reader
        _controlInput_ = bounds.lines(_socket_, getControlEncoding());
    }

    @Override
    protected void sslNegotiation() throws IOException {
        super.sslNegotiation();
        _controlInput_ = bounds.lines(_socket_, getControlEncoding());
    }

    /** Data connections are protected too, or there is no login. */
    @Override
    public boolean login(String user, String password) throws IOException {
        if (!super.login(user, password)) {
            return false;
        }
        execPBSZ(0);
        execPROT("P");
        int port = getRemotePort();
        setSocketFactory(new DefaultSocketFactory() {
            @Override
            public Socket createSocket() {
                return new DataSocket(port);
            }
        });
        return true;
    }

    @Override
    protected @Nullable Socket _openDataConnection_(String command, String arg) throws IOException {
        return bounds.open(this, command, () -> {
            Socket plain = super._openDataConnection_(command, arg);
            return plain == null ? null : protectedBy(plain);
        });
    }

    private SSLSocket protectedBy(Socket plain) throws IOException {
        try {
            return handshake(plain);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private SSLSocket handshake(Socket plain) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, _hostname_, getRemotePort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static final class DataSocket extends Socket {
        private final int port;

        DataSocket(int port) {
            this.port = port;
        }

        @Override
        public int getPort() {
            return port;
        }
    }
}
