package org.mailchute.credentials;

import com.microsoft.aad.msal4j.PublicClientApplication;
import java.net.MalformedURLException;
import java.time.Duration;

/** msal4j's client for an app without a secret. */
final class PublicClient {
    private PublicClient() {}

    static PublicClientApplication of(DelegatedApp app, TlsSource tls, Duration timeout)
            throws CredentialException, MalformedURLException {
        return PublicClientApplication.builder(app.clientId())
                .authority(app.authority())
                .validateAuthority(!EntraApp.loopback(app.authority()))
                .instanceDiscovery(!EntraApp.loopback(app.authority()))
                .httpClient(TokenHttp.trusting(tls.context(), app.proxy(), timeout))
                .build();
    }
}
