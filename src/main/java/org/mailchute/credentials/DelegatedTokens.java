package org.mailchute.credentials;

import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for tokens in the name of who signed in, without asking anybody. The sign-in is read from its file each time, so that
 * a new one is taken up, and written back, because each refresh token is followed by another (RFC 6749 section 6).
 */
final class DelegatedTokens implements TokenFetch {
    private static final Logger LOG = LoggerFactory.getLogger(DelegatedTokens.class);

    private final DelegatedApp app;
    private final TokenFile kept;
    private final TlsSource tls;
    private final Duration timeout;
    private boolean before;

    DelegatedTokens(DelegatedApp app, TokenFile kept, TlsSource tls, Duration timeout) {
        this.app = app;
        this.kept = kept;
        this.tls = tls;
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<IAuthenticationResult> begin() throws CredentialException, MalformedURLException {
        SecretText signedIn = kept.read(app.signIn());
        PublicClientApplication client = PublicClient.of(app, tls, timeout);
        IAccount account = account(client, signedIn);
        // the first time a token that is still good will do; later the kept one is about to end
        // and never anywhere else than to the authority that was set, whatever the file says
        SilentParameters request = SilentParameters.builder(Set.of(app.scope()), account)
                .authorityUrl(app.authority())
                .forceRefresh(before)
                .build();
        return client.acquireTokenSilently(request).thenApply(result -> {
            before = true;
            keep(client);
            return result;
        });
    }

    /** What the file holds is not shown, whatever it is. */
    private IAccount account(PublicClientApplication client, SecretText signedIn) throws CredentialException {
        try {
            client.tokenCache().deserialize(signedIn.reveal());
        } catch (RuntimeException e) {
            throw noSignIn();
        }
        return client.getAccounts().join().stream().findFirst().orElseThrow(this::noSignIn);
    }

    private CredentialException noSignIn() {
        return PemFile.fault(
                kept.path() + " holds no sign-in", "Run: " + app.signIn(), new IOException("no account in it"));
    }

    private void keep(PublicClientApplication client) {
        try {
            kept.write(new SecretText(client.tokenCache().serialize()));
        } catch (IOException e) {
            LOG.warn("{} cannot be written; after a restart a new sign-in may be needed", kept.path(), e);
        }
    }
}
