package org.mailchute.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority of one test's own, and what it issues. */
public final class Certificates {
    private static final List<KeyPair> RSA = new ArrayList<>();

    private final X509Bundle authority;

    /** Valid now, by the machine's clock, because Java's TLS knows no other. */
    public Certificates() throws Exception {
        authority = dated(Clock.systemUTC().instant())
                .subject("CN=Test Authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static CertificateBuilder dated(Instant now) {
        return new CertificateBuilder()
                .ecp256()
                .notBefore(now.minus(Duration.ofDays(1)))
                .notAfter(now.plus(Duration.ofDays(1)));
    }

    /** For a server known by this DNS name and, with {@code address}, by an IP address. */
    public X509Bundle server(String name, String... addresses) throws Exception {
        CertificateBuilder builder =
                dated(Clock.systemUTC().instant()).subject("CN=" + name).addSanDnsName(name);
        for (String address : addresses) {
            builder.addSanIpAddress(address);
        }
        return builder.buildIssuedBy(authority);
    }

    /** @param uses adds what it may be used for */
    public X509Bundle issue(Instant now, UnaryOperator<CertificateBuilder> uses) throws Exception {
        return uses.apply(dated(now).subject("CN=gateway.contoso.com")).buildIssuedBy(authority);
    }

    /** For a client, valid one day before and after {@code now}. */
    public X509Bundle client(String name, Instant now) throws Exception {
        return dated(now)
                .subject("CN=" + name)
                .addSanDnsName(name)
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(authority);
    }

    /** For an app registration: RSA, which is all that Entra takes. */
    public X509Bundle app(String name) throws Exception {
        return dated(Clock.systemUTC().instant())
                .keyPair(rsa())
                .subject("CN=" + name)
                .buildIssuedBy(authority);
    }

    /** One of two keys, by turns: a certificate and the one that renews it have different ones. Each takes Java seconds to make. */
    public static synchronized KeyPair rsa() throws NoSuchAlgorithmException {
        if (RSA.size() < 2) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            RSA.add(generator.generateKeyPair());
        }
        Collections.rotate(RSA, 1);
        return RSA.get(0);
    }

    /** A file to trust. */
    public Path trustFile(Path folder) throws IOException {
        return Files.writeString(folder.resolve("trust.pem"), authority.getCertificatePEM());
    }

    /** The same for clients that want a Java trust store (PKCS #12). */
    public Path trustStore(Path folder, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", authority.getCertificate());
        Path file = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    /** Java's own key manager. Of a JKS store, since a PKCS #12 store spends a tenth of a second on a password that nobody asks for. */
    public static KeyManager[] keys(PrivateKey key, X509Certificate... chain) throws Exception {
        char[] inMemory = {};
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("own", key, inMemory, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, inMemory);
        return keys.getKeyManagers();
    }

    /** The server's side: shows this certificate, and trusts clients of this authority. */
    public SSLContext serving(X509Bundle certificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys(certificate.getKeyPair().getPrivate(), certificate.getCertificatePath()),
                authority.toTrustManagerFactory().getTrustManagers(),
                null);
        return context;
    }
}
