package org.mailchute.gateway;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS as vsftpd and ProFTPD have it unless told otherwise: a data connection must resume a session of the control connection.
 * A handshake that resumes needs no certificate, so it is one for which none was chosen.
 */
final class StrictTls implements ScriptedFtp.Protection {
    private final String version;
    private final SSLContext context = SSLContext.getInstance("TLS");
    private final AtomicInteger chosen = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private volatile boolean refusing;
    private volatile byte[] session = {};

    /** @param version the only one that is spoken, {@code TLSv1.2} or {@code TLSv1.3} */
    StrictTls(X509Bundle certificate, String version) throws Exception {
        this.version = version;
        X509KeyManager keys = (X509KeyManager) certificate.toKeyManagerFactory().getKeyManagers()[0];
        context.init(new KeyManager[] {new Counting(keys)}, null, null);
    }

    /** Whether data connections are refused even so. */
    void refuse(boolean all) {
        refusing = all;
    }

    /** Data connections that resumed a session. */
    int resumed() {
        return resumed.get();
    }

    @Override
    public Socket control(Socket plain) throws IOException {
        SSLSocket tls = handshake(plain);
        session = tls.getSession().getId();
        return tls;
    }

    @Override
    public Socket data(Socket plain) throws IOException {
        int before = chosen.get();
        SSLSocket tls = handshake(plain);
        if (refusing || chosen.get() != before) {
            tls.close();
            throw new SSLHandshakeException("session reuse required");
        }
        if (version.equals("TLSv1.2")
                && !Arrays.equals(session, tls.getSession().getId())) {
            throw new SSLHandshakeException("another session than the control connection's");
        }
        resumed.incrementAndGet();
        return tls;
    }

    private SSLSocket handshake(Socket plain) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        tls.setUseClientMode(false);
        tls.setEnabledProtocols(new String[] {version});
        tls.startHandshake();
        return tls;
    }

    /** Counts how often a certificate is chosen. */
    private final class Counting extends X509ExtendedKeyManager {
        private final X509KeyManager keys;

        Counting(X509KeyManager keys) {
            this.keys = keys;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            chosen.incrementAndGet();
            return keys.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return keys.getServerAliases(type, issuers);
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return keys.chooseClientAlias(types, issuers, socket);
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return keys.getClientAliases(type, issuers);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
