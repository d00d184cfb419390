package org.mailchute.polled;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.mailchute.spool.Ledger;
import org.mailchute.spool.Rest;
import org.mailchute.spool.SpoolJson;

/**
 * The files of one server that were sent, or refused, and are still there: noted on disk before they are deleted, forgotten when
 * they are. One that the server does not delete is not fetched again while its name, size and time stamp stay as they are.
 *
 * <p>A listing to the minute does not show what was written over a file within that minute, and nothing that was not sent may be
 * deleted. So after a day of rest it is fetched once more and compared; from then on nothing can be written with its old time,
 * and only its deletion is tried again, once a day.
 */
public final class TakenFiles {
    /** Beyond it, new ones are not fetched: to forget an old one would send it again. */
    public static final int MOST = 20_000;
    /** What one poll may bring beyond that. */
    private static final int ONE_POLL = 1_000;

    private static final Duration REST = Duration.ofDays(1);
    /** Each is tried daily, so one that was not for so long is not there any more. */
    private static final Duration GONE = Duration.ofDays(7);

    private final Ledger ledger;
    private final Set<String> listed = new HashSet<>();
    /** Those that a listing lacked since they were noted: what has such a name now may be another file. */
    private final Set<String> missed = new HashSet<>();

    /**
     * One of them.
     *
     * @param content its hash; empty when it is not known
     * @param outcome {@code sent} or {@code refused}
     * @param compared whether it was fetched once more, and was the same
     * @param tried when it was taken, or its deletion last refused
     * @param reply what the server said to its deletion; empty while that is not known
     */
    public record Taken(String traits, String content, String outcome, boolean compared, Instant tried, String reply) {
        private Taken asComparedAt(Instant now, String traitsNow) {
            boolean rested = traits.equals(traitsNow) && !now.isBefore(tried.plus(REST));
            return new Taken(traitsNow, content, outcome, rested, tried, reply);
        }

        private Taken asRefused(String why, Instant now) {
            return new Taken(traits, content, outcome, compared, now, why);
        }
    }

    /** @param ledger of {@link #capacity()} entries, durable */
    public TakenFiles(Ledger ledger) {
        this.ledger = ledger;
    }

    /** How many entries its ledger must hold. */
    public static int capacity() {
        return MOST + ONE_POLL;
    }

    private Optional<Taken> ofName(ListedFile file) {
        return ledger.get(file.name()).map(value -> SpoolJson.read(value, Taken.class));
    }

    private Optional<Taken> known(ListedFile file) {
        return ofName(file).filter(taken -> taken.traits.equals(file.traits()));
    }

    /** A listing begins. */
    public synchronized void looking() {
        listed.clear();
    }

    /** It lists this file. */
    public synchronized void sees(ListedFile file) {
        listed.add(file.name());
    }

    /** It has ended well. */
    public synchronized void looked() {
        for (String name : ledger.keys(value -> true)) {
            if (!listed.contains(name)) {
                missed.add(name);
            }
        }
    }

    /** Why it is to be let alone now; empty when it is not. */
    public Optional<Taken> resting(ListedFile file, Instant now) {
        return known(file).filter(taken -> !taken.reply.isEmpty()).filter(taken -> Rest.lasts(taken.tried, REST, now));
    }

    /** Whether it need not be fetched to be deleted. */
    public boolean compared(ListedFile file) {
        return known(file).filter(Taken::compared).isPresent();
    }

    /**
     * Whether it was taken with just this content. The time stamp of a file that stayed may become another (Unix lists old files
     * to the day, Windows shifts all with summer time), but then the file was there in each listing.
     */
    public synchronized boolean knows(ListedFile file, String content) {
        return ofName(file)
                .filter(taken -> taken.content.equals(content))
                .filter(taken ->
                        taken.traits.equals(file.traits()) || !taken.reply.isEmpty() && !missed.contains(file.name()))
                .isPresent();
    }

    /** Whether there is room for one more. */
    public synchronized boolean hasRoom(ListedFile file, Instant now) throws IOException {
        if (ledger.size() < MOST || ledger.get(file.name()).isPresent()) {
            return true;
        }
        for (String old : ledger.keys(value -> gone(value, now))) {
            ledger.remove(old);
            missed.remove(old);
        }
        return ledger.size() < MOST;
    }

    private static boolean gone(String value, Instant now) {
        return SpoolJson.read(value, Taken.class).tried.plus(GONE).isBefore(now);
    }

    /** It was sent, or refused; its deletion is next. */
    public void taken(ListedFile file, String content, String outcome, Instant now) throws IOException {
        put(file, new Taken(file.traits(), content, outcome, false, now, ""));
    }

    /** It was fetched once more, and is the same; its deletion is next. */
    public void takenAgain(ListedFile file, Instant now) throws IOException {
        Optional<Taken> known = ofName(file);
        if (known.isPresent()) {
            put(file, known.get().asComparedAt(now, file.traits()));
        }
    }

    /** The server does not delete it. */
    public void refused(ListedFile file, String reply, Instant now) throws IOException {
        Optional<Taken> known = known(file);
        if (known.isPresent()) {
            put(file, known.get().asRefused(reply, now));
        }
    }

    /** The server deleted it: a file of this name is a new one. */
    public synchronized void deleted(ListedFile file) throws IOException {
        missed.remove(file.name());
        ledger.remove(file.name());
    }

    private synchronized void put(ListedFile file, Taken taken) throws IOException {
        missed.remove(file.name());
        ledger.put(file.name(), SpoolJson.write(taken));
    }
}
