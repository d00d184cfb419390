package org.mailchute.credentials;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import java.net.MalformedURLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One request for a token, past every cache. */
@FunctionalInterface
interface TokenFetch {
    /**
     * Asks, and does not wait for the answer.
     *
     * @throws CredentialException when there is nothing to ask with, such as a file that cannot be read
     */
    CompletableFuture<IAuthenticationResult> begin() throws CredentialException, MalformedURLException;

    /** What the other side has said so far, should time be up before it is asked no more. */
    default Optional<CredentialException> meanwhile() {
        return Optional.empty();
    }
}
