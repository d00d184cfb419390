package org.mailchute.steps;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.intake.PageRule;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Gathered;
import org.mailchute.spool.Incoming;

/** Which files of a watched folder become one message. */
public final class Gathering {
    private final Incoming incoming;
    private final Optional<PageSets> pages;

    /** @param pages scans that come as a file a page; empty where each file is a scan */
    public Gathering(Incoming incoming, Optional<PageRule> pages, Clock clock) {
        this.incoming = incoming;
        this.pages = pages.map(rule -> new PageSets(rule, clock));
    }

    /** A claim that stands already takes this file: it is no scan of its own. */
    boolean reserves(Path file) {
        return incoming.reserves(file);
    }

    /**
     * Whether a file is to be handed on now, for itself or for all its scan.
     *
     * @param unchanged for how long we have seen it so
     * @param whole as far as can be told of it alone
     */
    boolean ready(Path file, Duration unchanged, boolean whole) {
        return pages.isPresent() && pages.get().holds(file) ? pages.get().ready(file, unchanged, whole) : whole;
    }

    /** What is claimed with this file. */
    Gathered with(Path first, String subfolder) {
        List<Companion> companions = new ArrayList<>();
        pages.ifPresent(sets ->
                sets.following(first).forEach(page -> companions.add(Companion.at(Companion.Role.PAGE, page))));
        return new Gathered(first, subfolder, companions);
    }

    /** The claim of these stands. */
    void claimed(Gathered gathered) {
        List<Path> following =
                gathered.companions().stream().map(Companion::file).toList();
        pages.ifPresent(sets -> sets.forget(gathered.first(), following));
    }
}
