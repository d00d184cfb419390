package org.mailchute.listener;

import java.io.IOException;
import java.net.Socket;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.TlsSource;

/** STARTTLS as the server: TLS 1.2 and 1.3; on a port of its own 1.0 and 1.1 too. */
record StartTls(TlsSource source, boolean legacy) {
    private static final List<String> OLD = List.of("TLSv1", "TLSv1.1");

    /** @throws IOException when the handshake fails or our certificate cannot be used */
    SSLSocket over(Socket plain) throws IOException {
        try {
            SSLSocket socket = (SSLSocket) source.context()
                    .getSocketFactory()
                    .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
            socket.setUseClientMode(false);
            socket.setEnabledProtocols(
                    legacy
                            ? new String[] {"TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"}
                            : new String[] {"TLSv1.3", "TLSv1.2"});
            socket.startHandshake();
            return socket;
        } catch (CredentialException e) {
            throw new IOException(e.getMessage() + "; " + e.remedy(), e);
        }
    }

    /**
     * Why TLS 1.0 and 1.1 cannot be offered. Java refuses them for the whole process, once and for all when TLS is first
     * used; a socket's own constraints can only refuse more.
     */
    static Optional<String> noLegacy() {
        String disabled = String.valueOf(Security.getProperty("jdk.tls.disabledAlgorithms"));
        boolean refused = Arrays.stream(disabled.split(",")).map(String::strip).anyMatch(OLD::contains);
        return refused
                ? Optional.of("this Java refuses TLS 1.0 and 1.1 (jdk.tls.disabledAlgorithms) for the whole process;"
                        + " leave legacyPort out, or start it with -Djava.security.properties=legacy-tls.security"
                        + " (the file is in deploy)")
                : Optional.empty();
    }
}
