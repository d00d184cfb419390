package org.mailchute.credentials;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom we trust, and by which certificate we are known. */
public final class TlsContexts {
    private static final String TICKETS = "jdk.tls.client.enableSessionTicketExtension";

    private TlsContexts() {}

    /**
     * Trusts what the JVM trusts.
     *
     * @param trustPem authorities to trust as well, for a firewall that opens TLS or a test
     * @param own for a connector that knows us by certificate
     * @throws CredentialException when the file cannot be used
     */
    public static SSLContext of(Optional<Path> trustPem, Optional<ClientCertificate> own) throws CredentialException {
        List<X509Certificate> more = trustPem.isPresent() ? PemFile.certificates(trustPem.get()) : List.of();
        try {
            return context(own, factory(store(more)).getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw PemFile.fault("no trust store: " + e.getMessage(), "Check the Java installation.", e);
        }
    }

    /**
     * As {@link #of}, for servers that want TLS sessions resumed. With TLS 1.2 these are then resumed by their ids: Java throws
     * away tickets that are good for more than a week (RFC 8446 section 4.6.1, written for 1.3), and those of vsftpd are good
     * for 68 years ({@code findings/java-throws-vsftpd-tickets-away.sh}). Java reads this property when a context is made.
     */
    public static synchronized SSLContext resuming(Optional<Path> trustPem) throws CredentialException {
        Optional<String> before = Optional.ofNullable(System.getProperty(TICKETS));
        System.setProperty(TICKETS, "false");
        try {
            return of(trustPem, Optional.empty());
        } finally {
            before.ifPresentOrElse(value -> System.setProperty(TICKETS, value), () -> System.clearProperty(TICKETS));
        }
    }

    /** For a server of ours: shows this certificate with its chain. */
    static SSLContext serving(ClientCertificate own) throws CredentialException {
        try {
            return context(Optional.of(own), null);
        } catch (GeneralSecurityException e) {
            throw PemFile.fault(
                    "the certificate cannot be used by a server: " + e.getMessage(), "Use another certificate.", e);
        }
    }

    /** Trusts anybody: for TLS that is used where offered, and would else be left away (RFC 7435). Never for a secret. */
    public static SSLContext trustingAll() {
        try {
            return context(Optional.empty(), new TrustManager[] {new Anybody()});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /** @param trust null for the JVM's */
    private static SSLContext context(Optional<ClientCertificate> own, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.stream().toArray(KeyManager[]::new), trust, null);
        return context;
    }

    private static KeyStore store(List<X509Certificate> more) throws GeneralSecurityException, IOException {
        List<X509Certificate> trusted = new ArrayList<>(more);
        trusted.addAll(javasAuthorities());
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate certificate : trusted) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return store;
    }

    /** Those that the JVM trusts by itself, read anew. */
    public static List<X509Certificate> javasAuthorities() throws GeneralSecurityException {
        List<X509Certificate> trusted = new ArrayList<>();
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                trusted.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return trusted;
    }

    /** @param store null for the JVM's */
    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
