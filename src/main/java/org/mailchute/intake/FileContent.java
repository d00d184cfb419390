package org.mailchute.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What tells two files apart whatever their names and times say. */
public final class FileContent {
    private FileContent() {}

    /** As in a ticket: SHA-256 in lower case hex. */
    public static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                Digested digested = new Digested(OutputStream.nullOutputStream())) {
            in.transferTo(digested);
            return digested.sha256();
        }
    }
}
