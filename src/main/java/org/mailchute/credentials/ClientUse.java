package org.mailchute.credentials;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whether a certificate says that it may prove a client (RFC 5280 section 4.2.1.12), and the one that follows it will too.
 * Public authorities leave this usage out of what they issue: Sectigo from 2027-02-10, DigiCert from 2027-03-01 (KB ALERT53),
 * and Chrome's root program asks it of all from 2027-03-15.
 */
public final class ClientUse {
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final String ANY = "2.5.29.37.0";

    private ClientUse() {}

    /** What an administrator should know, and do about it. */
    public record Advice(String what, String remedy) {}

    /**
     * Empty where it may prove a client, now and after its renewal.
     *
     * @throws CredentialException when Java's own authorities cannot be read
     */
    public static Optional<Advice> advice(ClientCertificate certificate) throws CredentialException {
        try {
            return advice(certificate, TlsContexts.javasAuthorities());
        } catch (GeneralSecurityException e) {
            throw PemFile.fault("no trust store: " + e.getMessage(), "Check the Java installation.", e);
        }
    }

    /** @param publicAuthorities those whose roots are in browsers, and who follow their rules */
    public static Optional<Advice> advice(
            ClientCertificate certificate, Collection<X509Certificate> publicAuthorities) {
        List<String> uses = uses(certificate.chain().get(0));
        if (!(uses.isEmpty() || uses.contains(CLIENT) || uses.contains(ANY))) {
            return Optional.of(new Advice(
                    "does not say that it may prove a client (usage clientAuth)",
                    "Whether Exchange Online asks for the usage is not documented: should the connector not match (5.7.64), let"
                            + " it know this gateway by its fixed address instead (SenderIPAddresses)."));
        }
        X509Certificate last = certificate.chain().get(certificate.chain().size() - 1);
        boolean isPublic = publicAuthorities.stream()
                .anyMatch(root -> root.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
        if (uses.contains(CLIENT) && isPublic) {
            return Optional.of(
                    new Advice(
                            "will be renewed without the usage clientAuth: public authorities leave it out from 2027-02-10 on",
                            "Renew it shortly before, for as long as its authority allows, and let the connector know this gateway by"
                                    + " its fixed address (SenderIPAddresses) before that one ends, should the next not match."));
        }
        return Optional.empty();
    }

    /** Empty for one that may be used for all. */
    private static List<String> uses(X509Certificate own) {
        try {
            return Optional.ofNullable(own.getExtendedKeyUsage()).orElse(List.of());
        } catch (CertificateParsingException e) {
            return List.of("not readable");
        }
    }
}
