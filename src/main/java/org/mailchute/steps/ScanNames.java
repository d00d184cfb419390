package org.mailchute.steps;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mailchute.intake.IntakeRule;
import org.mailchute.sidecar.Sidecar;

/**
 * Whether a sidecar's scan lies beside it. A folder is listed at most once in some seconds, since thousands of sidecars may
 * ask at every poll.
 */
final class ScanNames {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int MOST_FOLDERS = 100;

    private final IntakeRule rule;
    private final Clock clock;
    private final Map<Path, Listing> folders = new HashMap<>();

    /** @param stems what sidecars of the scans there would be called, without extension */
    private record Listing(Instant at, Set<String> stems) {}

    ScanNames(IntakeRule rule, Clock clock) {
        this.rule = rule;
        this.clock = clock;
    }

    boolean has(Path sidecar) throws IOException {
        Path folder = sidecar.resolveSibling("");
        Instant now = clock.instant();
        Listing listing = folders.get(folder);
        if (listing == null || !listing.at.plus(FRESH).isAfter(now) || listing.at.isAfter(now)) {
            if (folders.size() >= MOST_FOLDERS) {
                folders.clear();
            }
            listing = new Listing(now, stems(folder));
            folders.put(folder, listing);
        }
        return listing.stems.contains(Sidecar.stem(String.valueOf(sidecar.getFileName())));
    }

    private Set<String> stems(Path folder) throws IOException {
        Set<String> stems = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (rule.sidecar().filter(sidecar -> sidecar.is(name)).isEmpty()) {
                    stems.addAll(Sidecar.stems(
                            name, rule.pages().map(pages -> pages.base(file)).orElse("")));
                }
            }
        }
        return stems;
    }
}
