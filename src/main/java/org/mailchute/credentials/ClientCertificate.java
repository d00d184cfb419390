package org.mailchute.credentials;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a relay connector knows us by. Offered whenever the server asks for one, whichever issuers it
 * names: Java's own key manager keeps silent when no name fits, and Exchange Online then says 5.7.64.
 */
public final class ClientCertificate extends X509ExtendedKeyManager {
    /** How long before its end an administrator is told. */
    public static final Duration RENEW_AHEAD = Duration.ofDays(30);

    private static final String ALIAS = "client";

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * Reads both and checks that they can be used.
     *
     * @param chainPem our certificate first, then the intermediates: Exchange Online fetches none
     * @param pkcs8KeyPem its key, without a password
     * @param clock the certificate must be valid at its time
     * @throws CredentialException naming the file, and what to do
     */
    public static ClientCertificate read(Path chainPem, Path pkcs8KeyPem, Clock clock) throws CredentialException {
        List<X509Certificate> chain = PemFile.certificates(chainPem);
        String algorithm = chain.get(0).getPublicKey().getAlgorithm();
        checkTime(chainPem.toString(), chain.get(0), clock.instant());
        return checked(chainPem.toString(), chain, pkcs8KeyPem.toString(), PemFile.key(pkcs8KeyPem, algorithm), clock);
    }

    /** Of parts that were read already, from the places named. */
    static ClientCertificate checked(
            String chainAt, List<X509Certificate> chain, String keyAt, PrivateKey key, Clock clock)
            throws CredentialException {
        checkTime(chainAt, chain.get(0), clock.instant());
        if (!match(chain.get(0), key)) {
            throw PemFile.fault(
                    "the key in " + keyAt + " does not match the first certificate in " + chainAt,
                    "Use the key the certificate was requested with, and put our certificate before the intermediates.",
                    new GeneralSecurityException("signature does not verify"));
        }
        return new ClientCertificate(chain, key);
    }

    private static void checkTime(String file, X509Certificate own, Instant now) throws CredentialException {
        Instant from = own.getNotBefore().toInstant();
        Instant until = own.getNotAfter().toInstant();
        if (now.isAfter(until) || now.isBefore(from)) {
            throw PemFile.fault(
                    "the certificate in " + file
                            + (now.isAfter(until) ? " expired at " + until : " is valid from " + from),
                    "Put a certificate there that is valid now, for the same name.",
                    new GeneralSecurityException("not valid at " + now));
        }
    }

    private static boolean match(X509Certificate own, PrivateKey key) throws CredentialException {
        byte[] sample = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(own.getPublicKey());
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            throw PemFile.fault("the key cannot sign: " + e.getMessage(), "Use an RSA or EC key.", e);
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    /** Until when it is valid. */
    public Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** Our certificate alone, without its key, as text (RFC 7468). */
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(chain.get(0).getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was read from its encoding", e);
        }
    }

    List<X509Certificate> chain() {
        return chain;
    }

    /**
     * The key, where only RSA will do.
     *
     * @throws CredentialException when it is of another kind
     */
    PrivateKey rsaKey() throws CredentialException {
        if (!key.getAlgorithm().equals("RSA")) {
            throw PemFile.fault(
                    "the certificate " + chain.get(0).getSubjectX500Principal() + " has a key of kind "
                            + key.getAlgorithm(),
                    "Entra takes RSA only: make an RSA key of 2048 bits or more and upload its certificate.",
                    new GeneralSecurityException("not RSA"));
        }
        return key;
    }

    private @Nullable String alias(String... keyTypes) {
        return Arrays.asList(keyTypes).contains(key.getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    /** Where we are the server ourselves. */
    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }
}
