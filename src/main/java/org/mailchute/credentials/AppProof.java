package org.mailchute.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** How an app registration proves to Entra that it is the one (RFC 6749 section 2.3, RFC 7523). */
public sealed interface AppProof {
    /**
     * Looks whether it could be shown now, without showing it.
     *
     * @throws CredentialException when a file of it cannot be used
     */
    void check(Clock clock) throws CredentialException;

    /** A client secret: its value, not its id. */
    record Secret(SecretText value) implements AppProof {
        @Override
        public void check(Clock clock) {}
    }

    /** A certificate whose public half is uploaded to the app registration; RSA only. */
    record Certificate(CertificateFiles files) implements AppProof {
        @Override
        public void check(Clock clock) throws CredentialException {
            files.read(clock).rsaKey();
        }
    }

    /**
     * A token of another identity provider that the app registration trusts (workload identity). Whoever issues it renews
     * the file, so it is read for every request.
     */
    record FederatedToken(Path file) implements AppProof {
        @Override
        public void check(Clock clock) throws CredentialException {
            read();
        }

        /** The token itself. */
        SecretText read() throws CredentialException {
            try {
                String token = Files.readString(file).strip();
                if (token.matches("[A-Za-z0-9_.=-]{10,20000}")) {
                    return new SecretText(token);
                }
            } catch (IOException e) {
                throw PemFile.fault(
                        "the federated token " + file + " cannot be read",
                        "Check that the platform projects it there and that Mailchute may read it.",
                        e);
            }
            throw noToken(new IOException("no JSON Web Token"));
        }

        CredentialException noToken(Exception cause) {
            return PemFile.fault(
                    file + " holds no token", "It must hold one JSON Web Token (RFC 7519) and nothing else.", cause);
        }
    }
}
