package org.mailchute.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities whose word counts: Java's, and those of a lane's trust file. */
final class Authorities {
    private Authorities() {}

    static Set<X509Certificate> known(Optional<Path> trust) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        Set<X509Certificate> known = new HashSet<>();
        Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .forEach(manager -> known.addAll(Arrays.asList(((X509TrustManager) manager).getAcceptedIssuers())));
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
