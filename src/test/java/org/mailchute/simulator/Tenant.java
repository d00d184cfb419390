package org.mailchute.simulator;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.mailchute.testing.Certificates;

/** A running simulator, and what a client of it needs; all read from the files it has written. */
final class Tenant implements AutoCloseable {
    static final String SCOPE = "https://outlook.office365.com/.default";
    static final String MAILBOX = "scanner@contoso.example";

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
        return context(folder);
    }

    /** Trusts {@code ca.pem} and shows {@code NAME-chain.pem}. */
    SSLContext client(Path keys, String name) throws Exception {
        String key = Files.readString(keys.resolve(name + "-key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey read = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        return context(folder, Certificates.keys(read, certificates(keys.resolve(name + "-chain.pem"))));
    }

    private static SSLContext context(Path folder, KeyManager... keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificates(folder.resolve("ca.pem"))[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    private static X509Certificate[] certificates(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(X509Certificate[]::new);
        }
    }

    @Override
    public void close() throws Exception {
        exchange.close();
    }
}
