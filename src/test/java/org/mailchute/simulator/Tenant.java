package org.mailchute.simulator;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A running simulator, and what a client of it needs; all read from the files it has written. */
final class Tenant implements AutoCloseable {
    static final String SCOPE = "https://outlook.office365.com/.default";
    static final String MAILBOX = "scanner@contoso.example";
    private static final char[] NO_PASSWORD = {};

    final Path folder;
    final DemoAuthority authority;
    final ExchangeOnline exchange;

    Tenant(Path folder, Scenario scenario) throws Exception {
        this(folder, scenario, Clock.systemUTC());
    }

    /** @param clock of the limits; certificates and tokens go by the machine's */
    Tenant(Path folder, Scenario scenario, Clock clock) throws Exception {
        this.folder = folder;
        this.authority = DemoAuthority.create(folder, "contoso.example");
        this.exchange = ExchangeOnline.start(scenario, authority, folder.resolve("mail"), clock);
    }

    RawClient submission() throws Exception {
        return RawClient.secured(exchange.submissionPort(), trust());
    }

    RawClient loggedIn() throws Exception {
        RawClient client = submission();
        client.login(MAILBOX, token());
        return client;
    }

    RawClient mx() throws Exception {
        return RawClient.greeted(exchange.mxPort());
    }

    RawClient mxWith(String certificate) throws Exception {
        return RawClient.secured(exchange.mxPort(), client(folder, certificate));
    }

    String token() throws Exception {
        Scenario.App app = exchange.scenario().app();
        return token(exchange.tokenEndpoint().toString(), app.clientId(), app.clientSecret(), SCOPE);
    }

    /** By the real msal4j, without its cache. */
    String token(String authorityUrl, String clientId, String secret, String scope) throws Exception {
        return ConfidentialClientApplication.builder(clientId, ClientCredentialFactory.createFromSecret(secret))
                .authority(authorityUrl)
                .validateAuthority(false)
                .instanceDiscovery(false)
                .sslSocketFactory(trust().getSocketFactory())
                .build()
                .acquireToken(ClientCredentialParameters.builder(Set.of(scope))
                        .skipCache(true)
                        .build())
                .get()
                .accessToken();
    }

    /** Trusts {@code ca.pem}. */
    SSLContext trust() throws Exception {
        return context(folder, null);
    }

    /** Trusts {@code ca.pem} and shows {@code NAME-chain.pem}. */
    SSLContext client(Path keys, String name) throws Exception {
        KeyStore store = empty();
        String key = Files.readString(keys.resolve(name + "-key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        store.setKeyEntry(
                "client",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
                NO_PASSWORD,
                certificates(keys.resolve(name + "-chain.pem")));
        return context(folder, store);
    }

    private static SSLContext context(Path folder, @org.jspecify.annotations.Nullable KeyStore keys) throws Exception {
        KeyStore trusted = empty();
        trusted.setCertificateEntry("ca", certificates(folder.resolve("ca.pem"))[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyManagerFactory proof = KeyManagerFactory.getInstance("PKIX");
        proof.init(keys, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(proof.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Certificate[] certificates(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        }
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    @Override
    public void close() throws Exception {
        exchange.close();
    }
}
