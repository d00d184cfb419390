package org.mailchute.intake;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what passes through. */
public final class Digested extends FilterOutputStream {
    private final MessageDigest sha256 = newSha256();
    private long size;

    public Digested(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        out.write(octets, offset, length);
        sha256.update(octets, offset, length);
        size += length;
    }

    public long size() {
        return size;
    }

    /** Lower case hex; ends the hash. */
    public String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Lower case hex of a file's content; links are not followed. */
    public static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                Digested digested = new Digested(OutputStream.nullOutputStream())) {
            in.transferTo(digested);
            return digested.sha256();
        }
    }

    /** Lower case hex of a text's UTF-8. */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }
}
