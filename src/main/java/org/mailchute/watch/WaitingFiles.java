package org.mailchute.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one watched folder or polled server that stay there though they no longer change: placeholders, scans whose end never comes,
 * what cannot be read or taken. Each is told of once it has waited for a while, and again once a day; after a longer while it
 * may be taken to the undecided place. In between it is let alone for some seconds, so that nothing is read again and again.
 */
public final class WaitingFiles {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingFiles.class);
    /** Until such a file is examined, or tried, again. */
    private static final Duration REST = Duration.ofSeconds(10);

    private static final Duration REST_AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration TOLD_AGAIN = Duration.ofDays(1);
    /** Nobody says when a file is gone: one not looked at for so long, beyond the poll interval, is. */
    private static final Duration GONE = Duration.ofSeconds(30);
    /** Told of one by one; more are only counted. */
    private static final int ONE_BY_ONE = 20;

    private final String intake;
    private final Patience patience;
    private final Duration poll;
    private final Clock clock;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Instant toldOfMany;

    /**
     * @param why a sentence whose subject is the file
     * @param told when it was told of; null for not yet
     * @param failed whether it was whole, and could not be taken
     */
    private record Waiting(
            Instant since,
            Instant last,
            Instant restsUntil,
            String why,
            @Nullable Instant told,
            boolean failed) {
        Waiting seen(Instant now) {
            return new Waiting(since, now, restsUntil, why, told, failed);
        }
    }

    /**
     * Those that are there now, whether told of or not yet.
     *
     * @param since when the first of them was last seen to change, or to be tried; empty when there is none
     * @param first the first twenty of them
     */
    public record Standing(long count, Optional<Instant> since, List<StandingFile> first) {
        public Standing {
            first = List.copyOf(first);
        }
    }

    /**
     * One of them.
     *
     * @param why a sentence whose subject is the file
     */
    public record StandingFile(String file, Instant since, String why) {}

    /** @param poll how often the folder is looked at */
    public WaitingFiles(String intake, Patience patience, Duration poll, Clock clock) {
        this.intake = intake;
        this.patience = patience;
        this.poll = poll;
        this.clock = clock;
    }

    /** Whether a file, unchanged since, was examined only just now; it need not be again. */
    public synchronized boolean rests(String file) {
        Instant now = clock.instant();
        Waiting found = waiting.computeIfPresent(file, (name, before) -> before.seen(now));
        return found != null && found.restsUntil.isAfter(now);
    }

    /** Whether nothing would be told or taken of a file that has been unchanged only for so long. */
    public boolean isEarly(Duration unchanged) {
        return unchanged.compareTo(patience.reportAfter()) < 0
                && !(patience.moves() && unchanged.compareTo(patience.undecidedAfter()) >= 0);
    }

    /** It lacks nothing. One that could not be taken so far may not be this time either, and need not be told of again. */
    public synchronized void whole(String file) {
        Waiting found = waiting.get(file);
        if (found != null && !found.failed) {
            waiting.remove(file);
        }
    }

    /** It changes, or was taken, or is gone. */
    public synchronized void forget(String file) {
        waiting.remove(file);
    }

    /**
     * A file that does not change and is not whole.
     *
     * @param lack what it lacks, as a sentence about it
     * @param unchanged for how long we have seen it so
     * @return whether it is to be taken to the undecided place now
     */
    public synchronized boolean lacks(String file, String lack, Duration unchanged) {
        if (patience.moves() && unchanged.compareTo(patience.undecidedAfter()) >= 0) {
            waiting.remove(file);
            return true;
        }
        stays(file, lack + "; it waits " + (patience.moves() ? "at most " + days() : "until it is whole"), unchanged);
        return false;
    }

    /** A file that nothing can be done with, which therefore stays. */
    public synchronized void stays(String file, String why, Duration unchanged) {
        keep(file, unchanged, REST, unchanged.compareTo(patience.reportAfter()) >= 0, why, false);
    }

    private String days() {
        return patience.undecidedAfter()
                .toString()
                .substring(1)
                .replace("T", "")
                .toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * A file that could not be taken: it stays where it is and is tried again within a minute.
     *
     * @param unchanged for how long we have seen it so
     */
    public synchronized void failed(String file, Duration unchanged, String why) {
        keep(
                file,
                unchanged,
                REST_AFTER_FAILURE,
                true,
                "it cannot be taken (" + why + ") and is tried again within a minute",
                true);
    }

    /**
     * A file that stays at its server.
     *
     * @param words a sentence whose subject is the file
     * @param unchanged for how long we have seen it so
     * @param now when it was found to rest: by a later time the rest may have ended, and what follows is told then
     */
    public synchronized void stands(String file, String words, Duration unchanged, Instant now) {
        keepAs(file, unchanged, REST, true, words, true, now);
    }

    private void keep(String file, Duration unchanged, Duration rest, boolean tell, String words, boolean failed) {
        keepAs(file, unchanged, rest, tell, "is not taken: " + words, failed, clock.instant());
    }

    private void keepAs(
            String file, Duration unchanged, Duration rest, boolean tell, String words, boolean failed, Instant now) {
        Waiting before = waiting.get(file);
        Instant told = before == null ? null : before.told;
        if (tell && (told == null || !told.plus(TOLD_AGAIN).isAfter(now))) {
            told = now;
            tell(file, words, now);
        }
        Duration resting = rest.compareTo(patience.reportAfter()) < 0 ? rest : patience.reportAfter();
        Instant since = before == null ? now.minus(unchanged) : before.since;
        waiting.put(file, new Waiting(since, now, now.plus(resting), words, told, failed));
        forgetGone(now);
    }

    private void tell(String file, String words, Instant now) {
        if (told() < ONE_BY_ONE) {
            LOG.warn("intake {}: \"{}\" {}", intake, Shown.line(file), words);
        } else if (toldOfMany == null || !toldOfMany.plus(TOLD_AGAIN).isAfter(now)) {
            toldOfMany = now;
            LOG.warn("intake {}: more than {} files are not taken, or stay; look into its folder", intake, ONE_BY_ONE);
        }
    }

    private long told() {
        return waiting.values().stream().filter(file -> file.told != null).count();
    }

    private void forgetGone(Instant now) {
        Instant oldest = now.minus(GONE).minus(poll);
        Iterator<Waiting> eldest = waiting.values().iterator();
        while (eldest.hasNext() && eldest.next().last.isBefore(oldest)) {
            eldest.remove();
        }
    }

    /** How many stay, and since when. */
    public synchronized Standing standing() {
        forgetGone(clock.instant());
        return new Standing(
                waiting.size(),
                waiting.values().stream().map(Waiting::since).min(Comparator.naturalOrder()),
                waiting.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.comparing(Waiting::since)))
                        .limit(ONE_BY_ONE)
                        .map(one -> new StandingFile(
                                Shown.line(one.getKey()),
                                one.getValue().since(),
                                one.getValue().why()))
                        .toList());
    }

    /** How many have waited so long that they were told of, and are still there. */
    public synchronized long count() {
        forgetGone(clock.instant());
        return told();
    }
}
