package org.mailchute.deferred;

import jakarta.jms.JMSException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts what waited when the gateway started, some at a time: what is due need not wait for that. */
final class Census {
    private static final int AT_ONCE = 500;

    private final Porter porter;
    private final Shelves shelves;
    private final Tally tally;
    private final Set<Slot> uncounted;
    private @Nullable Look look;

    /** @param slots in this order */
    Census(Porter porter, Shelves shelves, Tally tally, Collection<Slot> slots) {
        this.porter = porter;
        this.shelves = shelves;
        this.tally = tally;
        this.uncounted = new LinkedHashSet<>(slots);
    }

    /** Whether what comes to a slot or leaves it changes the tally: what is there when it is counted will be counted. */
    boolean knows(Slot slot) {
        return !uncounted.contains(slot);
    }

    /** Whether nothing may leave the slot now. */
    boolean isAt(Slot slot) {
        return look != null && look.slot.equals(slot);
    }

    /**
     * Counts some more.
     *
     * @param busy slots that wait until they are not
     * @param missed takes slots with a delivery whose turn has passed
     * @return whether it did
     */
    boolean goOn(Instant now, Predicate<Slot> busy, Consumer<Slot> missed) throws JMSException {
        Look at = look == null ? next(busy) : look;
        if (at == null) {
            return false;
        }
        look = at;
        if (at.some(now)) {
            return true;
        }
        at.eye.close();
        look = null;
        tally.add(at.found);
        if (at.missed) {
            missed.accept(at.slot);
        }
        return true;
    }

    private @Nullable Look next(Predicate<Slot> busy) throws JMSException {
        for (Slot slot : uncounted) {
            if (!busy.test(slot)) {
                uncounted.remove(slot);
                return new Look(slot, shelves.count(slot.queue()), porter.eye(slot.queue()));
            }
        }
        return null;
    }

    /** At one slot. What comes meanwhile comes behind what is there, and is known. */
    private static final class Look {
        private final Slot slot;
        private final Porter.Eye eye;
        private final Tally found = new Tally();
        private long left;
        private boolean missed;

        Look(Slot slot, long count, Porter.Eye eye) {
            this.slot = slot;
            this.left = count;
            this.eye = eye;
        }

        /** Whether there is more. */
        boolean some(Instant now) throws JMSException {
            for (int seen = 0; seen < AT_ONCE && left > 0 && eye.hasMore(); seen++) {
                eye.next().ifPresent(delivery -> see(delivery, now));
                left--;
            }
            return left > 0 && eye.hasMore();
        }

        private void see(Waiting delivery, Instant now) {
            found.add(delivery.lane(), 1);
            missed |= Wheel.isMissed(slot, delivery.due(), now);
        }
    }
}
