package org.mailchute.credentials;

/** Gives the OAuth access token for one mailbox's lane; caches and refreshes as it sees fit. */
@FunctionalInterface
public interface TokenSource {
    /**
     * A token that is valid now.
     *
     * @throws CredentialException with a sentence and a remedy when none can be had
     */
    SecretText token() throws CredentialException;

    /**
     * The server refused a token that is still valid: the next one is asked for anew, since rights are granted in a token
     * and a kept one knows nothing of what an administrator has granted meanwhile.
     */
    default void refused() {
        // a source that keeps nothing has nothing to forget
    }
}
