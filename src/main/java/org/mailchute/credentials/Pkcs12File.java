package org.mailchute.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Certificate, chain and key in one file (RFC 7292). */
final class Pkcs12File {
    /** {@code findings/java-pkcs12-password-of-ascii-only.sh} */
    private static final String OTHER_PASSWORD =
            "Set the one it was exported with. If it has umlauts or other letters beyond ASCII, which Java"
                    + " (17) refuses, export it anew with another.";

    private Pkcs12File() {}

    static ClientCertificate read(Path file, SecretText password, Clock clock) throws CredentialException {
        char[] opener = password.reveal().toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, opener);
            String alias = onlyKey(file, store);
            List<X509Certificate> chain = Stream.of(certificates(file, store, alias))
                    .map(X509Certificate.class::cast)
                    .toList();
            return ClientCertificate.checked(
                    file.toString(), chain, file.toString(), (PrivateKey) store.getKey(alias, opener), clock);
        } catch (GeneralSecurityException e) {
            throw fault(file + " holds nothing that Java can read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? PemFile.fault("the password does not open " + file, OTHER_PASSWORD, e)
                    : unreadable(file, e);
        }
    }

    private static CredentialException unreadable(Path file, IOException e) {
        return Files.isReadable(file)
                ? fault(file + " is no PKCS #12 file", e)
                : PemFile.fault(file + " cannot be read", "Check its name and who may read it.", e);
    }

    private static String onlyKey(Path file, KeyStore store) throws GeneralSecurityException, CredentialException {
        List<String> keys = Collections.list(store.aliases()).stream()
                .filter(alias -> holdsKey(store, alias))
                .toList();
        if (keys.size() != 1) {
            throw fault(
                    file + " holds " + (keys.isEmpty() ? "no key" : keys.size() + " keys"),
                    new GeneralSecurityException("one key is needed"));
        }
        return keys.get(0);
    }

    private static boolean holdsKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the store was loaded", e);
        }
    }

    private static Certificate[] certificates(Path file, KeyStore store, String alias)
            throws GeneralSecurityException, CredentialException {
        Certificate[] chain = store.getCertificateChain(alias);
        if (chain == null || chain.length == 0) {
            throw fault(file + " holds a key without its certificate", new GeneralSecurityException("no chain"));
        }
        return chain;
    }

    private static CredentialException fault(String what, Throwable cause) {
        return PemFile.fault(
                what, "Export it anew as PKCS #12 (.pfx, .p12) with one certificate, its chain and its key.", cause);
    }
}
