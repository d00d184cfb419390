package org.mailchute.credentials;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tokens from Microsoft Entra, by msal4j. One is kept until five minutes before its end, and to its very end while Entra
 * gives no other. However many ask at once, Entra is asked once.
 */
public final class EntraTokenSource implements TokenSource {
    private static final Duration EARLY = Duration.ofMinutes(5);

    private record Token(SecretText text, Instant expires) {}

    private final EntraApp app;
    private final Optional<SSLSocketFactory> tls;
    private final Duration timeout;
    private final Clock clock;
    private final EntraErrors errors;
    private @Nullable ConfidentialClientApplication client;
    private @Nullable CompletableFuture<Token> fetch;
    private volatile @Nullable Token kept;

    /**
     * Does not connect yet.
     *
     * @param tls for a trust store of one's own; empty for the JVM's
     * @param timeout for the whole of one request, 1 ms or more
     */
    public EntraTokenSource(EntraApp app, Optional<SSLSocketFactory> tls, Duration timeout, Clock clock) {
        this.app = app;
        this.tls = tls;
        this.timeout = timeout;
        this.clock = clock;
        this.errors = new EntraErrors(app);
    }

    @Override
    public SecretText token() throws CredentialException {
        Optional<SecretText> fresh = keptFor(EARLY);
        return fresh.isPresent() ? fresh.get() : fetched();
    }

    private Optional<SecretText> keptFor(Duration atLeast) {
        Instant end = clock.instant().plus(atLeast);
        return Optional.ofNullable(kept)
                .filter(token -> token.expires().isAfter(end))
                .map(Token::text);
    }

    private SecretText fetched() throws CredentialException {
        try {
            return shared().get(timeout.toMillis(), TimeUnit.MILLISECONDS).text();
        } catch (ExecutionException | TimeoutException | MalformedURLException | RuntimeException e) {
            return stillValidOr(errors.explain(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stillValidOr(errors.explain(new TimeoutException("interrupted")));
        }
    }

    private SecretText stillValidOr(CredentialException failure) throws CredentialException {
        return keptFor(Duration.ZERO).orElseThrow(() -> failure);
    }

    /** The request under way, or a new one. One that did not answer in time is given up, so that it blocks nobody later. */
    private synchronized CompletableFuture<Token> shared() throws MalformedURLException {
        CompletableFuture<Token> running = fetch;
        // one that has just ended well is as good as one under way
        if (running == null || (running.isDone() && keptFor(EARLY).isEmpty())) {
            running = client().acquireToken(request())
                    .thenApply(this::keep)
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
            fetch = running;
        }
        return running;
    }

    /** Past msal4j's own cache, which would give the old token until its end. */
    private ClientCredentialParameters request() {
        return ClientCredentialParameters.builder(Set.of(app.scope()))
                .skipCache(true)
                .build();
    }

    private Token keep(IAuthenticationResult result) {
        Token token = new Token(
                new SecretText(result.accessToken()), result.expiresOnDate().toInstant());
        kept = token;
        return token;
    }

    private ConfidentialClientApplication client() throws MalformedURLException {
        ConfidentialClientApplication made = client;
        if (made == null) {
            int millis = Math.toIntExact(timeout.toMillis());
            ConfidentialClientApplication.Builder builder = ConfidentialClientApplication.builder(
                            app.clientId(),
                            ClientCredentialFactory.createFromSecret(
                                    app.secret().reveal()))
                    .authority(app.authority())
                    .validateAuthority(!app.loopback())
                    .instanceDiscovery(!app.loopback())
                    .connectTimeoutForDefaultHttpClient(millis)
                    .readTimeoutForDefaultHttpClient(millis);
            tls.ifPresent(builder::sslSocketFactory);
            made = builder.build();
            client = made;
        }
        return made;
    }
}
