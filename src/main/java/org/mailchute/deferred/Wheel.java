package org.mailchute.deferred;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A hierarchical timing wheel, which says in which queue a delivery waits and when that queue is looked through. A level has
 * twelve slots, each eight times as wide as those of the level before: from 2 seconds to 2.3 hours, so that 60 queues reach
 * over a day and a delivery is moved five times at the most, and once more for each day. Which time a delivery has is written
 * in itself: in a wrong slot (the clock was set, the gateway was away) it is only moved once more.
 */
final class Wheel {
    static final int LEVELS = 5;
    static final int SLOTS = 12;

    private static final long FINEST_MS = 2_000;
    private static final int RATIO = 8;

    /** How much before its time a slot is taken apart, in slots of the next finer level; these reach over 8 + 2 and more. */
    private static final int AHEAD = 2;

    private Wheel() {}

    /** How much time one slot stands for. */
    static Duration width(int level) {
        return Duration.ofMillis(millis(level));
    }

    private static long millis(int level) {
        long width = FINEST_MS;
        for (int finer = 0; finer < level; finer++) {
            width *= RATIO;
        }
        return width;
    }

    /** Where a delivery of this time waits now: the finest level that reaches so far, else the end of the widest. */
    static Slot place(Instant due, Instant now) {
        for (int level = 0; level < LEVELS; level++) {
            if (number(due, level) - number(now, level) < SLOTS) {
                return slot(level, number(due, level));
            }
        }
        return slot(LEVELS - 1, number(now, LEVELS - 1) + SLOTS - 1);
    }

    static List<Slot> all() {
        return IntStream.range(0, LEVELS)
                .boxed()
                .flatMap(level -> IntStream.range(0, SLOTS).mapToObj(number -> new Slot(level, number)))
                .toList();
    }

    /** The slots whose time came between two looks; all of them after long enough. */
    static List<Slot> turned(Instant last, Instant now) {
        return IntStream.range(0, LEVELS)
                .boxed()
                .flatMap(level -> turned(level, last, now))
                .toList();
    }

    private static Stream<Slot> turned(int level, Instant last, Instant now) {
        long to = reached(level, now);
        long from = Math.max(reached(level, last), to - SLOTS);
        return LongStream.rangeClosed(from + 1, to).mapToObj(number -> slot(level, number));
    }

    /** Whether the slot's next turn would be too late for a delivery in it: its turn has passed while nobody looked. */
    static boolean isMissed(Slot slot, Instant due, Instant now) {
        long reached = reached(slot.level(), now);
        long next = reached + 1 + Math.floorMod(slot.number() - reached - 1, SLOTS);
        return number(due, slot.level()) < next;
    }

    /** The last slot whose time has come: of the finest, one that is past; of others, one that is near. */
    private static long reached(int level, Instant now) {
        return level == 0 ? number(now, 0) - 1 : number(now.plusMillis(AHEAD * millis(level - 1)), level);
    }

    private static long number(Instant time, int level) {
        return Math.floorDiv(time.toEpochMilli(), millis(level));
    }

    private static Slot slot(int level, long number) {
        return new Slot(level, (int) Math.floorMod(number, SLOTS));
    }
}
