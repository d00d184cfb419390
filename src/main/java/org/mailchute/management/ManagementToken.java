package org.mailchute.management;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Lets only those act on dead letters and lanes who may read the gateway's home: a random token, new at each start, in a file
 * that only the gateway's user can read.
 */
public final class ManagementToken {
    private static final String TOKEN = "management.token";
    private static final String ADDRESS = "management.address";
    private static final String CERTIFICATE = "management.certificate";

    private final byte[] expected;

    private ManagementToken(String token) {
        this.expected = ("Bearer " + token).getBytes(StandardCharsets.US_ASCII);
    }

    static ManagementToken create(Path home) throws IOException {
        byte[] chance = new byte[24];
        new SecureRandom().nextBytes(chance);
        String token = HexFormat.of().formatHex(chance);
        Path file = home.resolve(TOKEN);
        Files.deleteIfExists(file);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, token);
        return new ManagementToken(token);
    }

    /** Where the commands find the running gateway. */
    static void writeAddress(Path home, InetSocketAddress address) throws IOException {
        Files.writeString(home.resolve(ADDRESS), host(address.getAddress()) + ":" + address.getPort());
    }

    /** As it stands in a URL (RFC 3986 section 3.2.2). */
    private static String host(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    /** By which the commands know it; there only where it talks TLS. */
    public static Path certificate(Path home) {
        return home.resolve(CERTIFICATE);
    }

    public static String readAddress(Path home) throws IOException {
        return Files.readString(home.resolve(ADDRESS));
    }

    public static String read(Path home) throws IOException {
        return Files.readString(home.resolve(TOKEN));
    }

    boolean opens(String authorization) {
        return MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.US_ASCII));
    }
}
