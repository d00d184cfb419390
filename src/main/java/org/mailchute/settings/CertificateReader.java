package org.mailchute.settings;

import java.util.List;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.settings.yaml.Section;

/** A certificate with its key: two PEM files, or one PKCS#12 file with its password. */
final class CertificateReader {
    private CertificateReader() {}

    static CertificateFiles read(Section certificate) {
        boolean pem = !certificate.written("chain", "key").isEmpty();
        List<String> other = certificate.written("pkcs12", "password");
        if (pem && !other.isEmpty()) {
            certificate.fault(other.get(0), "both PEM and PKCS#12", "chain and key, or pkcs12 and password, not both");
        }
        return other.isEmpty() ? pem(certificate) : pkcs12(certificate);
    }

    private static CertificateFiles pem(Section certificate) {
        return new CertificateFiles.Pem(
                certificate.required("chain", certificate.path()), certificate.required("key", certificate.path()));
    }

    private static CertificateFiles pkcs12(Section certificate) {
        return new CertificateFiles.Pkcs12(
                certificate.required("pkcs12", certificate.path()), certificate.required("password", Kinds.SECRET));
    }
}
