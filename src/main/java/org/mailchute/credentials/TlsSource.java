package org.mailchute.credentials;

import javax.net.ssl.SSLContext;

/** Gives the TLS context for the next connection; looks again at the files it comes from. */
@FunctionalInterface
public interface TlsSource {
    /** @throws CredentialException when a certificate or trust file cannot be used now */
    SSLContext context() throws CredentialException;
}
