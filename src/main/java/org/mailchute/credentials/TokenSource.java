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
}
