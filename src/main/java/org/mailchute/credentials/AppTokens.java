package org.mailchute.credentials;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Asks for tokens as an app registration (client credentials). The client is made anew for each request, hourly or so:
 * certificate, federated token and trust file may have been renewed.
 */
record AppTokens(EntraApp app, TlsSource tls, Duration timeout, Clock clock) implements TokenFetch {
    @Override
    public CompletableFuture<IAuthenticationResult> begin() throws CredentialException, MalformedURLException {
        return client().acquireToken(ClientCredentialParameters.builder(Set.of(app.scope()))
                .skipCache(true)
                .build());
    }

    ConfidentialClientApplication client() throws CredentialException, MalformedURLException {
        return ConfidentialClientApplication.builder(app.clientId(), credential())
                .authority(app.authority())
                .validateAuthority(!app.loopback())
                .instanceDiscovery(!app.loopback())
                .httpClient(TokenHttp.trusting(tls.context(), app.proxy(), timeout))
                .build();
    }

    private IClientCredential credential() throws CredentialException {
        if (app.proof() instanceof AppProof.Certificate certificate) {
            ClientCertificate read = certificate.files().read(clock);
            return ClientCredentialFactory.createFromCertificateChain(read.rsaKey(), read.chain());
        }
        if (app.proof() instanceof AppProof.FederatedToken federated) {
            return ClientCredentialFactory.createFromClientAssertion(
                    federated.read().reveal());
        }
        return ClientCredentialFactory.createFromSecret(
                ((AppProof.Secret) app.proof()).value().reveal());
    }
}
