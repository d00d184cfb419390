package org.mailchute.simulator;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** The certificates a client has sent, leaf first. Nobody has vouched for them yet. */
record ClientChain(List<X509Certificate> certificates) {
    private static final int DNS = 2;

    /** Empty when the client has sent none. */
    static Optional<ClientChain> of(SSLSocket socket) {
        try {
            return Optional.of(new ClientChain(
                    List.of((X509Certificate[]) socket.getSession().getPeerCertificates())));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private X509Certificate leaf() {
        return certificates.get(0);
    }

    String subject() {
        return leaf().getSubjectX500Principal().getName();
    }

    /** The domain names the leaf stands for: its subject's CN and its DNS alternative names. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (String part : subject().split(",")) {
            if (part.startsWith("CN=")) {
                names.add(part.substring(3));
            }
        }
        try {
            Collection<List<?>> alternatives = leaf().getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> name.get(0).equals(DNS))
                        .forEach(name -> names.add(name.get(1).toString()));
            }
        } catch (CertificateParsingException e) {
            return List.of(); // such a certificate proves nothing
        }
        return names;
    }
}
