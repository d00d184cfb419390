package org.mailchute.credentials;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import java.net.MalformedURLException;
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
}
