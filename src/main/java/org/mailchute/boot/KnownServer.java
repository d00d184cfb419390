package org.mailchute.boot;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host keys of one SFTP server, by the fingerprints in the settings or by a known_hosts file. No other server is told who
 * we are.
 */
final class KnownServer implements HostKeyRepository {
    private final List<String> fingerprints;
    private final HostKeyRepository file;

    /**
     * @param fingerprints as OpenSSH shows them: {@code SHA256:} and base64
     * @param file what JSch has read, which may be nothing
     */
    KnownServer(List<String> fingerprints, HostKeyRepository file) {
        this.fingerprints =
                fingerprints.stream().map(KnownServer::withoutPadding).toList();
        this.file = file;
    }

    private static String withoutPadding(String fingerprint) {
        return fingerprint.replaceAll("=+$", "");
    }

    /** @throws IllegalStateException for an unknown key: JSch would say less */
    @Override
    public int check(String host, byte[] key) {
        String shown = fingerprint(key);
        if (fingerprints.contains(shown) || file.check(host, key) == OK) {
            return OK;
        }
        throw new IllegalStateException("the server's host key is " + shown
                + ", which the settings do not know: compare it with the server's own, and if it is the right server, enter"
                + " hostKey: " + shown);
    }

    private static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void add(HostKey key, UserInfo ui) {
        throw new UnsupportedOperationException("host keys come from the settings");
    }

    @Override
    public void remove(String host, String type) {
        throw new UnsupportedOperationException("host keys come from the settings");
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        throw new UnsupportedOperationException("host keys come from the settings");
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "mailchute.yaml";
    }

    @Override
    public HostKey[] getHostKey() {
        return file.getHostKey();
    }

    @Override
    public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
        return file.getHostKey(host, type);
    }
}
