package org.mailchute.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs a process for which permissions count. They do not for root, whom builds often run as, unless it gives up its
 * capabilities (setpriv of util-linux); it stays the owner of its files.
 */
final class Unprivileged {
    private static final List<String> NONE = List.of();
    private static final List<String> SETPRIV =
            List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs");

    private Unprivileged() {}

    /** To be put before a command; the test is skipped, and says why, where there is no such thing. */
    static List<String> prefix(Path root) throws Exception {
        assumeTrue(
                Files.getFileStore(root).supportsFileAttributeView("posix"),
                "no POSIX permissions on this file system");
        Path secret = Files.writeString(root.resolve("nobody-may-read"), "secret");
        mode(secret, "---------");
        for (List<String> prefix : List.of(NONE, SETPRIV)) {
            if (!reads(prefix, secret)) {
                return prefix;
            }
        }
        assumeTrue(
                false, "permissions do not count for this user, and setpriv (util-linux) is missing or may not help");
        return NONE;
    }

    private static boolean reads(List<String> prefix, Path file) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("cat", file.toString()));
        try {
            Process cat = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(cat.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            cat.waitFor();
            return !said.contains("ermission denied");
        } catch (IOException e) {
            return true; // there is no such command here
        }
    }

    /** As {@code chmod} does. */
    static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
