package org.mailchute.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mailchute.intake.IntakeRule;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Gathered;
import org.mailchute.spool.Incoming;

/** Which files of a watched folder become one message: a scan, its further pages, the sidecar that says who gets it. */
public final class Gathering {
    private final Incoming incoming;
    private final IntakeRule rule;
    private final Stability stability;
    private final Optional<PageSets> pages;
    private final ScanNames scans;

    /** @param stability when a file counts as written */
    public Gathering(Incoming incoming, IntakeRule rule, Stability stability, Clock clock) {
        this.incoming = incoming;
        this.rule = rule;
        this.stability = stability;
        this.pages = rule.pages().map(setting -> new PageSets(setting, clock));
        this.scans = new ScanNames(rule, clock);
    }

    public Stability stability() {
        return stability;
    }

    /** A claim that stands already takes this file: it is no scan of its own. */
    public boolean reserves(Path file) {
        return incoming.reserves(file);
    }

    /** One look at a file: for how long it has been seen unchanged. */
    public Duration look(Path file, BasicFileAttributes is) {
        return stability.look(file.toString(), is.size(), is.lastModifiedTime().to(TimeUnit.MICROSECONDS));
    }

    /** Whether this file is never a scan, but the ticket of one. */
    public boolean isSidecar(Path file) {
        return rule.sidecar()
                .filter(sidecar -> sidecar.is(String.valueOf(file.getFileName())))
                .isPresent();
    }

    /** Whether the scan of a sidecar lies beside it. */
    public boolean hasScan(Path sidecar) throws IOException {
        return rule.sidecar().isPresent() && scans.has(sidecar, rule.sidecar().get());
    }

    /**
     * Whether a file is to be handed on now, for itself or for all its scan.
     *
     * @param unchanged for how long we have seen it so
     * @param whole as far as can be told of it alone
     */
    public boolean ready(Path file, Duration unchanged, boolean whole) throws IOException {
        boolean ready =
                pages.isPresent() && pages.get().holds(file) ? pages.get().ready(file, unchanged, whole) : whole;
        return ready && ticketReady(file, unchanged);
    }

    /** The sidecar is written; or it did not come for so long that the scan does without, or is refused for it. */
    private boolean ticketReady(Path scan, Duration unchanged) throws IOException {
        if (rule.sidecar().isEmpty()) {
            return true;
        }
        Optional<Path> beside = sidecarOf(scan);
        return beside.isPresent()
                ? settled(beside.get())
                : unchanged.compareTo(rule.sidecar().get().way().waitFor()) >= 0;
    }

    private boolean settled(Path sidecar) throws IOException {
        BasicFileAttributes is = Files.readAttributes(sidecar, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean stable = look(sidecar, is).compareTo(stability.stableFor()) >= 0;
        return stable && (is.size() > 0 || !is.isRegularFile());
    }

    /**
     * What is claimed with this file, which was ready some moments ago.
     *
     * @return empty when it is not any more: a page or its sidecar came or changed meanwhile, or is claimed already
     */
    public Optional<Gathered> with(Path first, String subfolder) throws IOException {
        List<Companion> companions = new ArrayList<>();
        if (pages.isPresent() && pages.get().holds(first)) {
            Optional<List<Path>> following = pages.get().following(first);
            if (following.isEmpty()) {
                return Optional.empty();
            }
            following.get().forEach(page -> companions.add(Companion.at(Companion.Role.PAGE, page)));
        }
        Optional<Path> beside = isSidecar(first) ? Optional.empty() : sidecarOf(first);
        if (beside.isPresent() && !settled(beside.get())) {
            return Optional.empty();
        }
        beside.ifPresent(sidecar -> companions.add(Companion.at(Companion.Role.SIDECAR, sidecar)));
        // asked last: a claim forgets what it took only when its reservation stands
        return reserves(first) ? Optional.empty() : Optional.of(new Gathered(first, subfolder, companions));
    }

    /** One that a claim takes for another scan is not there any more. */
    private Optional<Path> sidecarOf(Path scan) throws IOException {
        return rule.sidecar().isEmpty()
                ? Optional.empty()
                : scans.sidecarOf(scan, rule.sidecar().get()).filter(file -> !reserves(file));
    }

    /** The claim of these stands. */
    public void claimed(Gathered gathered) {
        List<Path> following =
                gathered.companions().stream().map(Companion::file).toList();
        pages.ifPresent(sets -> sets.forget(gathered.first(), following));
    }
}
