package org.mailchute.polled;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mailchute.spool.Rest;

/** The files of one server that it did not give, or not whole. Each is let alone for a while, unless it changes. Forgotten at a restart. */
public final class UnreadFiles {
    private static final Duration REST = Duration.ofDays(1);
    private static final Duration REST_OF_A_PASSING_ONE = Duration.ofMinutes(1);
    private static final int MOST = 20_000;

    private final Map<String, Unread> files = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Unread> eldest) {
            return size() > MOST;
        }
    };

    /**
     * One of them.
     *
     * @param passing whether the server may give it soon
     * @param why a sentence whose subject is the file
     */
    public record Unread(String traits, Instant tried, boolean passing, String why) {
        private Duration rest() {
            return passing ? REST_OF_A_PASSING_ONE : REST;
        }
    }

    /** It did not give it just now, or not whole. */
    public synchronized void refused(ListedFile file, boolean passing, String why, Instant now) {
        files.put(file.name(), new Unread(file.traits(), now, passing, why));
    }

    /** Why it is not to be fetched now; empty when it is. */
    public synchronized Optional<Unread> resting(ListedFile file, Instant now) {
        return Optional.ofNullable(files.get(file.name()))
                .filter(unread -> unread.traits.equals(file.traits()))
                .filter(unread -> Rest.lasts(unread.tried, unread.rest(), now));
    }

    /** Whether it is as it was when it was not given, whatever time has passed. */
    public synchronized boolean knows(ListedFile file) {
        return Optional.ofNullable(files.get(file.name()))
                .filter(unread -> unread.traits.equals(file.traits()))
                .isPresent();
    }
}
