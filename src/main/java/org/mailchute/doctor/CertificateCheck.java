package org.mailchute.doctor;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.ClientCertificate;
import org.mailchute.credentials.ClientUse;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.TlsContexts;

/** The certificate a relay connector is to know us by: everything that makes Exchange Online say 5.7.64 later. */
record CertificateCheck(Tenant tenant, Findings findings, Clock clock) {
    static final Duration SOON = ClientCertificate.RENEW_AHEAD;
    private static final int DNS = 2;
    private static final Map<String, String> USES =
            Map.of("1.3.6.1.5.5.7.3.1", "serverAuth", "1.3.6.1.5.5.7.3.2", "clientAuth");

    /** @param trust further authorities that count as known */
    void run(CertificateFiles files, Optional<Path> trust) {
        try {
            ClientCertificate certificate = files.read(clock);
            List<X509Certificate> chain = Arrays.asList(certificate.getCertificateChain("client"));
            expiry(certificate.expires());
            name(chain.get(0));
            List<X509Certificate> javas = TlsContexts.javasAuthorities();
            ClientUse.advice(certificate, javas)
                    .ifPresent(advice -> findings.warning(Topic.CERTIFICATE, advice.what(), advice.remedy()));
            whole(chain, Authorities.known(javas, trust));
        } catch (CredentialException e) {
            findings.error(Topic.CERTIFICATE, String.valueOf(e.getMessage()), e.remedy());
        } catch (GeneralSecurityException e) {
            findings.error(Topic.CERTIFICATE, "cannot be looked at: " + e.getMessage(), "Check the Java installation.");
        }
    }

    private void expiry(Instant end) {
        long days = Duration.between(clock.instant(), end).toDays();
        if (clock.instant().plus(SOON).isAfter(end)) {
            findings.warning(
                    Topic.CERTIFICATE,
                    "ends in " + days + " days, at " + end,
                    "Renew it for the same name; the new file is taken without a restart.");
        } else {
            findings.ok(Topic.CERTIFICATE, "the key fits, valid until " + end);
        }
    }

    private void name(X509Certificate own) throws CertificateParsingException {
        List<String> names = names(own);
        String seen = "names " + String.join(", ", names) + "; use: " + uses(own);
        String look = "Get-AcceptedDomain; Get-InboundConnector | Format-List Name, Enabled, TlsSenderCertificateName";
        if (names.stream().anyMatch(tenant::owns)) {
            findings.ok(Topic.CERTIFICATE, seen);
        } else {
            findings.error(
                    Topic.CERTIFICATE,
                    seen + "; none is of " + String.join(", ", tenant.domains()),
                    "Get a certificate for a name in an accepted domain. Only an administrator can look: " + look);
        }
    }

    private void whole(List<X509Certificate> chain, Set<X509Certificate> known) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!issued(chain.get(i), chain.get(i + 1))) {
                findings.error(
                        Topic.CERTIFICATE,
                        "number " + (i + 2) + " in the file is not the issuer of number " + (i + 1),
                        "Put our certificate first, then each one's issuer.");
                return;
            }
        }
        X509Certificate last = chain.get(chain.size() - 1);
        if (known.contains(last) || known.stream().anyMatch(root -> issued(last, root))) {
            findings.ok(Topic.CERTIFICATE, "the chain is complete: " + chain.size() + " in the file");
        } else if (issued(last, last)) {
            selfSigned(chain.size() == 1, last);
        } else {
            findings.error(
                    Topic.CERTIFICATE,
                    "the chain is not complete: the issuer " + last.getIssuerX500Principal() + " is missing",
                    "Append the intermediate certificates to the file; Exchange Online fetches none and says 5.7.64.");
        }
    }

    private void selfSigned(boolean alone, X509Certificate last) {
        String remedy = "Get a certificate of a public authority; a connector knows no others.";
        if (alone) {
            findings.error(Topic.CERTIFICATE, "signed by itself", remedy);
        } else {
            findings.warning(
                    Topic.CERTIFICATE,
                    "the chain ends in " + last.getSubjectX500Principal() + ", which Java does not know",
                    remedy);
        }
    }

    private static boolean issued(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> names(X509Certificate own) throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        if (own.getSubjectAlternativeNames() != null) {
            own.getSubjectAlternativeNames().stream()
                    .filter(name -> name.get(0).equals(DNS))
                    .forEach(name -> names.add(String.valueOf(name.get(1))));
        }
        for (String part : own.getSubjectX500Principal().getName().split("(?<!\\\\),")) {
            if (part.startsWith("CN=") && !names.contains(part.substring(3))) {
                names.add(part.substring(3));
            }
        }
        return names;
    }

    private static String uses(X509Certificate own) throws CertificateParsingException {
        List<String> uses = own.getExtendedKeyUsage();
        return uses == null
                ? "any"
                : String.join(
                        ", ",
                        uses.stream().map(use -> USES.getOrDefault(use, use)).toList());
    }
}
