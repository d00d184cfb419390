package org.mailchute.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailchute.intake.IntakeRule;
import org.mailchute.sidecar.FolderNames;
import org.mailchute.sidecar.Sidecar;
import org.mailchute.spool.Rest;

/**
 * Which scans and sidecars lie beside each other. A folder is listed at most once in some seconds, since thousands of sidecars
 * may ask at every poll.
 */
final class ScanNames {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int MOST_FOLDERS = 100;

    private final IntakeRule rule;
    private final Clock clock;
    private final Map<Path, Listing> folders = new HashMap<>();

    private record Listing(Instant at, FolderNames names) {}

    ScanNames(IntakeRule rule, Clock clock) {
        this.rule = rule;
        this.clock = clock;
    }

    boolean has(Path file, Sidecar sidecar) throws IOException {
        return lately(file.resolveSibling(""), sidecar).hasScan(file, sidecar);
    }

    /** The sidecar that lies beside a scan now: its own, or one called alike. */
    Optional<Path> sidecarOf(Path scan, Sidecar sidecar) throws IOException {
        String base = rule.base(scan);
        Optional<Path> own = sidecar.beside(scan, base);
        Path folder = scan.resolveSibling("");
        if (own.isPresent() || lately(folder, sidecar).alike(scan, base).isEmpty()) {
            return own;
        }
        return now(folder, sidecar).alike(scan, base); // another scan may have come meanwhile, whose it is
    }

    private FolderNames lately(Path folder, Sidecar sidecar) throws IOException {
        Instant now = clock.instant();
        Listing listing = folders.get(folder);
        boolean fresh = listing != null && Rest.lasts(listing.at, FRESH, now);
        return listing != null && fresh ? listing.names : now(folder, sidecar);
    }

    private FolderNames now(Path folder, Sidecar sidecar) throws IOException {
        if (folders.size() >= MOST_FOLDERS) {
            folders.clear();
        }
        Listing listing = new Listing(clock.instant(), FolderNames.read(folder, sidecar, rule::base));
        folders.put(folder, listing);
        return listing.names;
    }
}
