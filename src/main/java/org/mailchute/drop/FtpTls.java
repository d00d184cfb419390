package org.mailchute.drop;

import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.TlsSource;
import org.mailchute.door.Watchdog;

/**
 * TLS 1.2 and 1.3 with the operator's certificate, which may be renewed while the server runs; without session tickets. Under TLS 1.3 these
 * come after the handshake, and a device that sends its scan and closes without having read them makes its own system answer with a
 * reset, which costs the end of the scan.
 *
 * @param idle a device has for each step on a data connection
 */
record FtpTls(TlsSource source, Watchdog watchdog, Duration idle) implements SslConfiguration {
    /** Java sends no ticket where a session lasts longer than a ticket may: seven days (RFC 8446 section 4.6.1). */
    private static final Duration NO_TICKETS = Duration.ofDays(8);

    private static final int FEW_SESSIONS = 500;

    private static final String TICKETS = "jdk.tls.server.enableSessionTicketExtension";

    static {
        // else Java promises one under TLS 1.2, sends none for that time, and the device ends the handshake
        // (findings/java-long-tls-sessions-promise-a-ticket.sh). Read for each context that is made, so it is so of all
        // servers of this process, which know sessions by their ids
        if (System.getProperty(TICKETS) == null) {
            System.setProperty(TICKETS, "false");
        }
    }

    /** Of data connections. */
    @Override
    public SSLSocketFactory getSocketFactory() throws GeneralSecurityException {
        return new TlsDataSockets(getSSLContext().getSocketFactory(), watchdog, idle);
    }

    @Override
    public SSLContext getSSLContext() throws GeneralSecurityException {
        try {
            SSLContext context = source.context();
            SSLSessionContext sessions = context.getServerSessionContext();
            sessions.setSessionTimeout((int) NO_TICKETS.toSeconds());
            sessions.setSessionCacheSize(FEW_SESSIONS);
            return context;
        } catch (CredentialException e) {
            throw new GeneralSecurityException(e.getMessage() + "; " + e.remedy(), e);
        }
    }

    @Override
    public SSLContext getSSLContext(String protocol) throws GeneralSecurityException {
        return getSSLContext();
    }

    @Override
    public String @Nullable [] getEnabledCipherSuites() {
        return null; // Java's own choice
    }

    /** The server asks for all of them, below. */
    @Override
    public String getEnabledProtocol() {
        return "TLSv1.3";
    }

    @Override
    public String[] getEnabledProtocols() {
        return new String[] {"TLSv1.3", "TLSv1.2"};
    }

    @Override
    public ClientAuth getClientAuth() {
        return ClientAuth.NONE;
    }
}
