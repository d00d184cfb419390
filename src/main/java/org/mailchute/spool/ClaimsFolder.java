package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code HOME/incoming}, where all intakes have what they claimed. In a cluster their folders lie in {@code lease.NUMBER} of it, which
 * whoever takes over gives its own number. So a former gateway that wakes in the middle of a claim cannot end it: the folder that it
 * would move a file to is not there any more, and all files of the claim stay at their source.
 */
public final class ClaimsFolder {
    /** No intake is called so: their names have no full stop. */
    private static final String LEASE = "lease.";

    private ClaimsFolder() {}

    /**
     * Takes over all claims, whoever made them.
     *
     * @param lead the number of ours, or 0 of a gateway that is alone
     * @return the folder in which each intake has its own
     */
    public static Path take(Path home, long lead) throws IOException {
        Path incoming = OwnFolder.made(home.resolve("incoming"));
        Path ours = lead == 0 ? incoming : incoming.resolve(LEASE + lead);
        for (Path former : folders(incoming)) {
            if (name(former).startsWith(LEASE) && !former.equals(ours)) {
                adopt(former, ours);
            }
        }
        OwnFolder.made(ours);
        for (Path intake : lead == 0 ? List.<Path>of() : folders(incoming)) { // of before there was a cluster
            if (!name(intake).startsWith(LEASE)) {
                adopt(intake, ours.resolve(name(intake)));
            }
        }
        return ours;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** The newest leases first: that of the gateway before us is renamed as it is. */
    private static List<Path> folders(Path incoming) throws IOException {
        try (Stream<Path> all = Files.list(incoming)) {
            return all.filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparingInt((Path file) -> name(file).length())
                            .thenComparing(Comparator.naturalOrder())
                            .reversed())
                    .toList();
        }
    }

    /** In one step, or what is in it one by one where there is such a folder already. */
    private static void adopt(Path former, Path ours) throws IOException {
        if (Files.isDirectory(former, LinkOption.NOFOLLOW_LINKS) && Files.isDirectory(ours)) {
            try (Stream<Path> all = Files.list(former)) {
                for (Path file : all.toList()) {
                    adopt(file, ours.resolve(name(file)));
                }
            }
            Files.delete(former);
        } else {
            Files.move(former, ours, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
