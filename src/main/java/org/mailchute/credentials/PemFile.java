package org.mailchute.credentials;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
final class PemFile {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PemFile() {}

    /** At least one. */
    static List<X509Certificate> certificates(Path file) throws CredentialException {
        try {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text(file).getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException e) {
            throw fault(file + " holds no certificate that can be read", "It must be PEM: BEGIN CERTIFICATE.", e);
        }
        throw fault(file + " holds no certificate", "It must be PEM: BEGIN CERTIFICATE.", new IOException("empty"));
    }

    /** PKCS #8 without a password (RFC 5208). No message shows any of it. */
    static PrivateKey key(Path file, String algorithm) throws CredentialException {
        Matcher key = KEY.matcher(text(file));
        if (!key.find()) {
            throw fault(
                    file + " holds no private key without a password in PKCS #8",
                    "Convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW",
                    new IOException("no BEGIN PRIVATE KEY"));
        }
        try {
            byte[] octets = Base64.getMimeDecoder().decode(key.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw fault(
                    "the key in " + file + " is broken or does not match the certificate, which is " + algorithm,
                    "Use the key that the certificate was requested with.",
                    e);
        }
    }

    private static String text(Path file) throws CredentialException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw fault(file + " cannot be read", "Check its name and who may read it.", e);
        }
    }

    static CredentialException fault(String what, String remedy, Throwable cause) {
        return new CredentialException(what, remedy, false, cause);
    }
}
