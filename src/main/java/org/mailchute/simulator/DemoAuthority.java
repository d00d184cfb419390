package org.mailchute.simulator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.CertificateBuilder.ExtendedKeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A certificate authority for loopback: its own certificate, one for {@code localhost}, and client certificates. */
public final class DemoAuthority {
    private static final Logger LOG = LoggerFactory.getLogger(DemoAuthority.class);

    /** Made in milliseconds; an RSA key takes a second, and a start makes three. */
    private static final Algorithm KEYS = Algorithm.ecp256;

    private final X509Bundle authority;
    private final X509TrustManager trust;
    private final SSLContext server;

    private DemoAuthority(X509Bundle authority, X509Bundle localhost) throws Exception {
        this.authority = authority;
        this.trust = trustOf(authority);
        this.server = SSLContext.getInstance("TLS");
        server.init(keysOf(localhost), new TrustManager[] {new AnyClient(trust)}, null);
    }

    /** Makes it, and writes {@code ca.pem}, {@code client-chain.pem} and {@code client-key.pem} into the folder. */
    public static DemoAuthority create(Path folder, String clientDomain) throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=Mailchute Demo Authority")
                .setIsCertificateAuthority(true)
                .algorithm(KEYS)
                .buildSelfSigned();
        X509Bundle localhost = builder("localhost")
                .addSanIpAddress(InetAddress.getByName("127.0.0.1").getHostAddress())
                .addExtendedKeyUsage(ExtendedKeyUsage.PKIX_KP_SERVER_AUTH)
                .buildIssuedBy(authority);
        DemoAuthority made = new DemoAuthority(authority, localhost);
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("ca.pem"),
                pem("CERTIFICATE", authority.getCertificate().getEncoded()));
        made.writeClient(folder, "client", clientDomain, Instant.now().plusSeconds(60 * 86_400L));
        return made;
    }

    /** Writes {@code NAME-chain.pem} and {@code NAME-key.pem}. */
    public void writeClient(Path folder, String name, String domain, Instant notAfter) throws Exception {
        X509Bundle client = builder(domain)
                .notAfter(notAfter)
                .addExtendedKeyUsage(ExtendedKeyUsage.PKIX_KP_CLIENT_AUTH)
                .buildIssuedBy(authority);
        Files.writeString(
                folder.resolve(name + "-chain.pem"),
                pem("CERTIFICATE", client.getCertificate().getEncoded())
                        + pem("CERTIFICATE", authority.getCertificate().getEncoded()));
        Files.writeString(
                folder.resolve(name + "-key.pem"),
                pem("PRIVATE KEY", client.getKeyPair().getPrivate().getEncoded()));
    }

    /** For the server's side: localhost's key. Any client certificate passes the handshake. */
    public SSLContext serverContext() {
        return server;
    }

    /** Whether these certificates lead to this authority and are valid now. */
    boolean vouchesFor(ClientChain chain) {
        X509Certificate[] certificates = chain.certificates().toArray(X509Certificate[]::new);
        try {
            trust.checkClientTrusted(
                    certificates, certificates[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            LOG.info("the certificate of {} matches no connector: {}", chain.subject(), e.getMessage());
            return false;
        }
    }

    private static CertificateBuilder builder(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanDnsName(name)
                .notBefore(Instant.now().minusSeconds(86_400))
                .notAfter(Instant.now().plusSeconds(30 * 86_400L))
                .algorithm(KEYS);
    }

    /** Of a JKS store, though in memory: a PKCS #12 store computes 20,000 rounds for a password that nobody asks for. */
    private static KeyManager[] keysOf(X509Bundle localhost) throws Exception {
        char[] inMemory = {};
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("localhost", localhost.getKeyPair().getPrivate(), inMemory, localhost.getCertificatePath());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, inMemory);
        return factory.getKeyManagers();
    }

    private static X509TrustManager trustOf(X509Bundle authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.getCertificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return String.join("\n", List.of("-----BEGIN " + type + "-----", body, "-----END " + type + "-----", ""));
    }
}
