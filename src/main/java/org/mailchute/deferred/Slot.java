package org.mailchute.deferred;

/**
 * One queue of the {@link Wheel}, for times that are alike.
 *
 * @param level 0 for the finest
 * @param number within its level
 */
record Slot(int level, int number) implements Comparable<Slot> {
    Slot {
        if (level < 0 || level >= Wheel.LEVELS || number < 0 || number >= Wheel.SLOTS) {
            throw new IllegalArgumentException("no such slot: " + level + ", " + number);
        }
    }

    /** For example {@code mailchute.deferred.16s.3}. */
    String queue() {
        return Places.DEFERRED + "." + Wheel.width(level).toSeconds() + "s." + number;
    }

    /** The finest first: what is in it is due. */
    @Override
    public int compareTo(Slot other) {
        return level == other.level ? Integer.compare(number, other.number) : Integer.compare(level, other.level);
    }
}
