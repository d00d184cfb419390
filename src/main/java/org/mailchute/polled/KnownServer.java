package org.mailchute.polled;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Digested;

/**
 * The host keys of one SFTP server, by the fingerprints in the settings or by a known_hosts file, and those that it showed and
 * nobody knows. No other server is told who we are.
 */
final class KnownServer implements HostKeyRepository {
    private static final List<String> RSA = List.of("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa");

    private final List<String> fingerprints;
    private final HostKeyRepository file;
    /** Fingerprint by type. */
    private final Map<String, String> unknown = new LinkedHashMap<>();

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

    /** One that the file has otherwise is as unknown as one that it lacks. */
    @Override
    public int check(String host, byte[] key) {
        String shown = fingerprint(key);
        if (fingerprints.contains(shown) || file.check(host, key) == OK) {
            return OK;
        }
        unknown.put(type(key), shown);
        return NOT_INCLUDED;
    }

    /** What is to be told of it; empty when it showed no key that is not known. */
    Optional<String> unknown() {
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        List<String> shown = List.copyOf(unknown.values());
        boolean one = shown.size() == 1;
        return Optional.of("the server's host " + (one ? "key is " : "keys are ") + String.join(" and ", shown)
                + ", which the settings do not know: compare " + (one ? "it" : "them")
                + " with the server's own, and if it is the right server, enter hostKey: " + shown.get(0));
    }

    /** Of these, comma separated, those of a type that it did not show. */
    String untried(String algorithms) {
        return Stream.of(algorithms.split(",")).filter(name -> !shown(name)).collect(Collectors.joining(","));
    }

    private boolean shown(String algorithm) {
        return unknown.containsKey(RSA.contains(algorithm) ? "ssh-rsa" : algorithm);
    }

    /** A key begins with it (RFC 4253 section 6.6). */
    private static String type(byte[] key) {
        ByteBuffer blob = ByteBuffer.wrap(key);
        int length = blob.remaining() < Integer.BYTES ? 0 : blob.getInt();
        boolean fits = length >= 0 && length <= blob.remaining();
        return fits ? new String(key, Integer.BYTES, length, StandardCharsets.US_ASCII) : "";
    }

    private static String fingerprint(byte[] key) {
        byte[] digest = Digested.newSha256().digest(key);
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
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
