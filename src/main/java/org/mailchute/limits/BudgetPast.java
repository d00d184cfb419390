package org.mailchute.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link BudgetFile} tells of the runs before, line by line. What is no line is skipped.
 *
 * <pre>
 * run BOOT UPTIME EPOCH        what follows was noted by this start of the machine
 * kept USED UPTIME             of an earlier run, ended then
 * take ID COUNT                begun
 * end ID USED UPTIME EPOCH     ended
 * lost ID USED UPTIME EPOCH    ended without an answer
 * closed UPTIME EPOCH          the run ended as it should
 * </pre>
 */
final class BudgetPast {
    private final TreeMap<Long, Long> ended = new TreeMap<>();
    private final Map<Long, Long> underWay = new HashMap<>();
    private String boot = "";
    private long uptime;
    private long epoch;
    private boolean closed;
    private boolean spoilt;

    void line(String line) {
        String[] words = line.split(" ", -1);
        try {
            switch (words[0] + " " + words.length) {
                case "run 4" -> run(words[1], number(words[2]), number(words[3]));
                case "kept 3" -> ended(number(words[1]), number(words[2]));
                case "take 3" -> underWay.put(number(words[1]), number(words[2]));
                case "end 5", "lost 5" -> end(words, words[0].equals("lost") ? BudgetJournal.UNHEARD.toMillis() : 0);
                case "closed 3" -> close(number(words[1]), number(words[2]));
                default -> spoilt = true;
            }
        } catch (NumberFormatException e) {
            spoilt = true;
        }
    }

    private static long number(String word) {
        return Long.parseLong(word);
    }

    private void run(String name, long at, long then) {
        boot = name;
        stamp(at, then);
    }

    private void end(String[] words, long later) {
        long at = number(words[3]);
        underWay.remove(number(words[1]));
        ended(number(words[2]), at + later);
        stamp(at, number(words[4]));
    }

    private void close(long at, long then) {
        closed = true;
        stamp(at, then);
    }

    private void ended(long used, long at) {
        ended.merge(at, used, Long::sum);
    }

    private void stamp(long at, long then) {
        uptime = at;
        epoch = then;
    }

    /** The start of the machine it was written under; the empty text for no file. */
    String boot() {
        return boot;
    }

    /** When the last line with a time was written. */
    long uptime() {
        return uptime;
    }

    /** The same by the machine's clock, in milliseconds. */
    long epoch() {
        return epoch;
    }

    /** Whether nothing can be missing. */
    boolean closed() {
        return closed && !spoilt;
    }

    /** Whether something in it was no line. */
    boolean spoilt() {
        return spoilt;
    }

    Map<Long, Long> ended() {
        return ended;
    }

    /** Begun, and how it ended nobody knows. */
    long underWay() {
        return underWay.values().stream().mapToLong(Long::longValue).sum();
    }
}
