package org.mailchute.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** How an app registration proves to Entra that it is the one (RFC 6749 section 2.3, RFC 7523). */
public sealed interface AppProof {
    /**
     * Looks whether it could be shown now, without showing it.
     *
     * @throws CredentialException when a file of it cannot be used
     */
    void check(Clock clock) throws CredentialException;

    /**
     * When it ends; empty when it does not, or nobody has told.
     *
     * @throws CredentialException when a file of it cannot be used
     */
    Optional<Instant> ends(Clock clock) throws CredentialException;

    /**
     * A client secret: its value, not its id.
     *
     * @param until when Entra takes it no more, as the administrator noted: only Entra knows
     */
    record Secret(SecretText value, Optional<Instant> until) implements AppProof {
        /** That ends nobody knows when. */
        public Secret(SecretText value) {
            this(value, Optional.empty());
        }

        @Override
        public Optional<Instant> ends(Clock clock) {
            return until;
        }

        @Override
        public void check(Clock clock) {}
    }

    /** A certificate whose public half is uploaded to the app registration; RSA only. */
    record Certificate(CertificateFiles files) implements AppProof {
        @Override
        public void check(Clock clock) throws CredentialException {
            files.read(clock).rsaKey();
        }

        @Override
        public Optional<Instant> ends(Clock clock) throws CredentialException {
            return Optional.of(files.read(clock).expires());
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

        /** Whoever issues it renews it. */
        @Override
        public Optional<Instant> ends(Clock clock) {
            return Optional.empty();
        }

        /** The token itself. */
        SecretText read() throws CredentialException {
            try {
                return new SecretText(WebToken.checked(Files.readString(file).strip()));
            } catch (WebToken.NoneException e) {
                throw PemFile.fault(
                        file + " holds no token", "It must hold one JSON Web Token (RFC 7519) and nothing else.", e);
            } catch (IOException e) {
                throw PemFile.fault(
                        "the federated token " + file + " cannot be read",
                        "Check that the platform projects it there and that Mailchute may read it.",
                        e);
            }
        }
    }
}
