package org.mailchute.credentials;

import java.nio.file.Path;

/** How an app registration proves to Entra that it is the one (RFC 6749 section 2.3, RFC 7523). */
public sealed interface AppProof {
    /** A client secret: its value, not its id. */
    record Secret(SecretText value) implements AppProof {}

    /** A certificate whose public half is uploaded to the app registration; RSA only. */
    record Certificate(CertificateFiles files) implements AppProof {}

    /**
     * A token of another identity provider that the app registration trusts (workload identity). Whoever issues it renews
     * the file, so it is read for every request.
     */
    record FederatedToken(Path file) implements AppProof {}
}
