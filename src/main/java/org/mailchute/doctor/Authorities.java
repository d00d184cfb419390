package org.mailchute.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The authorities whose word counts: Java's, and those of a lane's trust file. */
final class Authorities {
    private Authorities() {}

    static Set<X509Certificate> known(Collection<X509Certificate> javas, Optional<Path> trust)
            throws GeneralSecurityException {
        Set<X509Certificate> known = new HashSet<>(javas);
        if (trust.isPresent()) {
            known.addAll(ofFile(trust.get()));
        }
        return known;
    }

    /** What cannot be read is not known; that TLS cannot begin is told where TLS begins. */
    private static Set<X509Certificate> ofFile(Path file) throws GeneralSecurityException {
        Set<X509Certificate> found = new HashSet<>();
        try (InputStream in = Files.newInputStream(file)) {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .forEach(certificate -> found.add((X509Certificate) certificate));
        } catch (IOException e) {
            return Set.of();
        }
        return found;
    }
}
