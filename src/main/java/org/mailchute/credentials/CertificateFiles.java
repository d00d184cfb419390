package org.mailchute.credentials;

import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;

/** Where a certificate, its chain and its key lie. Read anew for each use, so that a renewed one needs no restart. */
public sealed interface CertificateFiles {
    /**
     * Reads them and checks that they can be used.
     *
     * @param clock the certificate must be valid at its time
     * @throws CredentialException naming the file, and what to do
     */
    ClientCertificate read(Clock clock) throws CredentialException;

    /** All of them. */
    Stream<Path> files();

    /**
     * Two files of text (RFC 7468).
     *
     * @param chain our certificate first, then the intermediates
     * @param key its key, PKCS #8 without a password
     */
    record Pem(Path chain, Path key) implements CertificateFiles {
        @Override
        public ClientCertificate read(Clock clock) throws CredentialException {
            return ClientCertificate.read(chain, key, clock);
        }

        @Override
        public Stream<Path> files() {
            return Stream.of(chain, key);
        }
    }

    /** One file that holds all (RFC 7292), as Windows exports it: {@code .pfx} or {@code .p12}. */
    record Pkcs12(Path file, SecretText password) implements CertificateFiles {
        @Override
        public ClientCertificate read(Clock clock) throws CredentialException {
            return Pkcs12File.read(file, password, clock);
        }

        @Override
        public Stream<Path> files() {
            return Stream.of(file);
        }
    }
}
