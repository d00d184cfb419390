package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code QUEUEID~name}: what a claimed file is called. */
public final class ClaimName {
    /** File systems allow 255 octets; the queue id needs 17 of them. */
    private static final int LONGEST_NAME = 255 - 17;

    private static final Pattern CLAIM = Pattern.compile("([0-9A-Z]{16})~.*", Pattern.DOTALL);

    private ClaimName() {}

    static String of(QueueId id, String name) {
        return id + "~" + NameEnd.of(name, LONGEST_NAME);
    }

    /** All claims of all intakes below {@code home}. */
    public static Set<QueueId> all(Path home) throws IOException {
        Path all = home.resolve("incoming");
        if (!Files.isDirectory(all)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(all, 3)) {
            return files.map(file -> CLAIM.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(claim -> new QueueId(claim.group(1)))
                    .collect(Collectors.toSet());
        }
    }
}
