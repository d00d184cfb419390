package org.mailchute.credentials;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tokens from Microsoft Entra, by msal4j. One is kept until shortly before its end, and to its very end while Entra
 * gives no other. However many ask at once, Entra is asked once.
 */
public final class EntraTokenSource implements TokenSource {
    /** Exchange Online refuses a token near its end (501 5.5.127): seen 512 s before, so perhaps from ten minutes on. */
    static final Duration EARLY = Duration.ofMinutes(12);

    private record Token(SecretText text, Instant expires) {}

    private final TokenFetch tokens;
    private final Duration timeout;
    private final Clock clock;
    private final EntraErrors errors;
    private @Nullable CompletableFuture<Token> fetch;
    private volatile @Nullable Token kept;

    private EntraTokenSource(TokenFetch tokens, EntraErrors errors, Duration timeout, Clock clock) {
        this.tokens = tokens;
        this.errors = errors;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Tokens for an app registration. Neither reads files nor connects yet.
     *
     * @param tls whom to trust at the authority
     * @param timeout for the whole of one request, 1 ms or more
     */
    public static EntraTokenSource of(EntraApp app, TlsSource tls, Duration timeout, Clock clock) {
        return new EntraTokenSource(
                new AppTokens(app, tls, timeout, clock),
                new EntraErrors(app.host(), app.secret(), Optional.empty()),
                timeout,
                clock);
    }

    /**
     * Tokens for a person who has signed in ({@link SignIn}). Reads no file yet.
     *
     * @param kept where the sign-in is kept, and renewed
     * @param timeout for the whole of one request, 1 ms or more
     */
    public static EntraTokenSource delegated(
            DelegatedApp app, TokenFile kept, TlsSource tls, Duration timeout, Clock clock) {
        return new EntraTokenSource(
                new DelegatedTokens(app, kept, tls, timeout),
                new EntraErrors(EntraApp.host(app.authority()), Optional.empty(), Optional.of(app.signIn())),
                timeout,
                clock);
    }

    /**
     * Tokens for the Azure machine we run on.
     *
     * @param clientId of a user-assigned identity; empty for the machine's own
     * @param timeout for the whole of one request, 1 ms or more
     */
    public static EntraTokenSource managed(Optional<String> clientId, String scope, Duration timeout, Clock clock) {
        return new EntraTokenSource(
                new ManagedIdentityTokens(clientId, scope, timeout),
                new EntraErrors("the managed identity endpoint", Optional.empty(), Optional.empty()),
                timeout,
                clock);
    }

    @Override
    public SecretText token() throws CredentialException {
        Optional<SecretText> fresh = keptFor(EARLY);
        return fresh.isPresent() ? fresh.get() : fetched();
    }

    @Override
    public synchronized void refused() {
        kept = null;
        fetch = null;
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
        } catch (TimeoutException e) {
            return stillValidOr(tokens.meanwhile().orElseGet(() -> errors.explain(e)));
        } catch (CredentialException | ExecutionException | MalformedURLException | RuntimeException e) {
            return stillValidOr(explained(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stillValidOr(errors.explain(new TimeoutException("interrupted")));
        }
    }

    private CredentialException explained(Exception e) {
        boolean late = e instanceof TimeoutException || e.getCause() instanceof TimeoutException;
        return late ? tokens.meanwhile().orElseGet(() -> errors.explain(e)) : errors.explain(e);
    }

    private SecretText stillValidOr(CredentialException failure) throws CredentialException {
        return keptFor(Duration.ZERO).orElseThrow(() -> failure);
    }

    /** The request under way, or a new one. One that did not answer in time is given up, so that it blocks nobody later. */
    private synchronized CompletableFuture<Token> shared() throws CredentialException, MalformedURLException {
        CompletableFuture<Token> running = fetch;
        // one that has just ended well is as good as one under way
        if (running == null || (running.isDone() && keptFor(EARLY).isEmpty())) {
            running = tokens.begin().thenApply(this::keep).orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
            fetch = running;
        }
        return running;
    }

    private Token keep(IAuthenticationResult result) {
        Token token = new Token(
                new SecretText(result.accessToken()), result.expiresOnDate().toInstant());
        kept = token;
        return token;
    }
}
