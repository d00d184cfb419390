package org.mailchute.door;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Connections of whoever is not known yet. A new one always gets in: where there are too many, the oldest gives way, of the origin that
 * has the most. Whoever says at once who he is does so within milliseconds, and whoever does not keeps nobody out. Safe between threads.
 */
public final class Crowd<S> {
    private final int all;
    private final int ofOne;

    /** Oldest first. */
    private final Map<S, Origin> open = new LinkedHashMap<>();

    /**
     * @param all at a time
     * @param ofOne at a time, of one origin
     */
    public Crowd(int all, int ofOne) {
        this.all = all;
        this.ofOne = ofOne;
    }

    /**
     * Who is to be closed for another, and why.
     *
     * @param open connections, it among them
     * @param ofIt those of its origin
     */
    public record GivesWay<S>(S one, Origin from, int open, long ofIt) {
        @Override
        public String toString() {
            return open + " connections are open, " + ofIt + " of them from " + from
                    + ": the oldest are closed; see who leaves them open there";
        }
    }

    /** One comes; who gives way has left already. */
    public synchronized Optional<GivesWay<S>> join(S one, Origin from) {
        open.put(one, from);
        if (count(from) > ofOne) {
            return Optional.of(oldest(from));
        }
        return open.size() > all ? Optional.of(oldest(busiest())) : Optional.empty();
    }

    /** One is known now, or gone. */
    public synchronized void leave(S one) {
        open.remove(one);
    }

    private long count(Origin from) {
        return open.values().stream().filter(from::equals).count();
    }

    private Origin busiest() {
        Map<Origin, Long> counts =
                open.values().stream().collect(Collectors.groupingBy(from -> from, Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private GivesWay<S> oldest(Origin from) {
        S oldest = open.entrySet().stream()
                .filter(each -> each.getValue().equals(from))
                .findFirst()
                .orElseThrow()
                .getKey();
        GivesWay<S> way = new GivesWay<>(oldest, from, open.size(), count(from));
        open.remove(oldest);
        return way;
    }
}
