package org.mailchute.deferred;

import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The work of one thread: what is due goes to its lane, what is nearer goes to a finer slot, what waits for a lane leaves. */
final class Rounds {
    /** Of one transaction; a few milliseconds. */
    private static final int BATCH = 200;

    /** What waits for its lane too, and is looked through for that: as soon as all those could be sent, but not more often. */
    private static final Duration ASKS = Duration.ofMinutes(1);

    private static final Duration A_DELIVERY = Duration.ofMillis(5);

    /** While there is much to move, too: lanes open meanwhile. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private static final Duration BETWEEN_DOUBTS = Duration.ofMinutes(1);

    private final Porter porter;
    private final Shelves shelves;
    private final Gate gate;
    private final Tally tally;
    private final Clock clock;
    private final Census census;
    private final Set<String> made = new HashSet<>();

    /** Slots under way, and how many of their first deliveries are still to be looked at. */
    private final SortedMap<Slot, Long> open = new TreeMap<>();

    /** How many more each lane takes until the next look. */
    private final Map<String, Long> allowed = new HashMap<>();

    private final JustOpened opened;

    private Instant turned;
    private Instant looked;
    private Instant doubted;

    /** Whether every queue is looked into though it is said to be empty. */
    private boolean doubts;

    /** At first, what waits is counted. */
    Rounds(Porter porter, Shelves shelves, Gate gate, Tally tally, Clock clock) throws JMSException {
        this.porter = porter;
        this.shelves = shelves;
        this.gate = gate;
        this.opened = new JustOpened(gate);
        this.tally = tally;
        this.clock = clock;
        this.turned = clock.instant();
        this.looked = turned;
        this.doubted = turned;
        tally.clear();
        List<Slot> used = Wheel.all().stream()
                .filter(slot -> shelves.count(slot.queue()) > 0)
                .toList();
        this.census = new Census(porter, shelves, tally, used);
        for (Slot slot : used) {
            if (isMissed(slot)) {
                take(slot);
            }
        }
    }

    /** Its turn may have come while the gateway was away: so mostly for all in it, and else the census finds it out. */
    private boolean isMissed(Slot slot) throws JMSException {
        return porter.first(slot.queue())
                .filter(first -> Wheel.isMissed(slot, first.due(), turned))
                .isPresent();
    }

    private void take(Slot slot) {
        long count = shelves.count(slot.queue());
        if (count > 0) {
            open.put(slot, count);
        }
    }

    /**
     * Messages in a queue. A broker that counts fewer than there are would keep the last ones for ever: Artemis does so at times where a
     * queue pages, until its next start (2.55.0).
     */
    private long count(String queue, boolean doubted) throws JMSException {
        long told = shelves.count(queue);
        return told == 0 && doubted && porter.holdsSome(queue) ? BATCH : told;
    }

    /** After a step of the clock, back or forward, too: else the next time might be hours away. */
    private static boolean isOver(Instant since, Duration pause, Instant now) {
        return Duration.between(since, now).abs().compareTo(pause) >= 0;
    }

    /** Before the rounds of one look. */
    void begin() throws JMSException {
        Instant now = clock.instant();
        doubts = isOver(doubted, BETWEEN_DOUBTS, now);
        if (doubts) {
            doubted = now;
            for (Slot slot : Wheel.all()) {
                if (shelves.count(slot.queue()) == 0 && isMissed(slot)) {
                    open.put(slot, (long) BATCH);
                }
            }
        }
        looked = now;
        lookAtLanes();
    }

    private void lookAtLanes() {
        Map<String, Long> before = Map.copyOf(allowed);
        allowed.clear();
        for (String lane : gate.lanes()) {
            long takes = gate.takes(lane);
            allowed.put(lane, takes);
            opened.look(lane, before.getOrDefault(lane, takes), takes);
        }
    }

    /**
     * A batch of each kind, so that none waits for another.
     *
     * @return whether more may be to do; else the look is over
     */
    boolean round() throws JMSException {
        Instant now = clock.instant();
        if (isOver(looked, BETWEEN_LOOKS, now)) {
            begin();
        }
        Wheel.turned(turned, now).forEach(this::take);
        turned = now;
        int moved = sort();
        for (Map.Entry<Slot, Long> visited : new ArrayList<>(open.entrySet())) {
            moved += census.isAt(visited.getKey()) ? 0 : visit(visited.getKey(), visited.getValue());
        }
        for (String lane : gate.lanes()) {
            moved += leave(lane) + pack(lane);
        }
        return census.goOn(now, open::containsKey, this::take) || moved > 0;
    }

    private int visit(Slot slot, long left) throws JMSException {
        Tally change = new Tally();
        int known = census.knows(slot) ? 1 : 0;
        int moved = porter.move(slot.queue(), Math.min(BATCH, left), delivery -> {
            change.add(delivery.lane(), -known);
            return onward(delivery, change);
        });
        tally.add(change);
        if (moved == left || moved == 0 && shelves.count(slot.queue()) == 0) {
            open.remove(slot);
        } else {
            open.put(slot, left - moved);
        }
        return moved;
    }

    /** What the routes have sent since. */
    private int sort() throws JMSException {
        Tally change = new Tally();
        int moved = move(Places.DEFERRED, BATCH, doubts, delivery -> onward(delivery, change));
        tally.add(change);
        return moved;
    }

    /** What has waited for a lane. */
    private int leave(String lane) throws JMSException {
        boolean doubted = doubts || opened.contains(lane);
        String first = count(Places.packed(lane), doubted) > 0 ? Places.packed(lane) : Places.lane(lane);
        long room = allowed.getOrDefault(lane, 0L);
        int moved = room > 0 ? move(first, room, doubted, this::leaving) : 0;
        allowed.put(lane, room - moved);
        return moved;
    }

    /**
     * What waits for a lane that takes no more comes in a transaction each. Artemis remembers each transaction with a message on disk
     * until that message leaves (2.55: some 160 octets of heap), so what waits is moved into one queue more, a batch in one (P8).
     */
    private int pack(String lane) throws JMSException {
        if (allowed.getOrDefault(lane, 0L) > 0 || shelves.count(Places.lane(lane)) < BATCH) {
            return 0;
        }
        return porter.move(
                Places.lane(lane),
                BATCH,
                delivery -> new Porter.Onward(Places.packed(lane), delivery.staying(porter.session())));
    }

    private int move(String queue, long most, boolean doubted, Porter.Way way) throws JMSException {
        long count = count(queue, doubted);
        return count <= 0 ? 0 : porter.move(queue, Math.min(BATCH, Math.min(most, count)), way);
    }

    private Porter.Onward onward(Waiting delivery, Tally change) throws JMSException {
        Instant now = clock.instant();
        if (!delivery.due().isAfter(now) || delivery.forLane() && gate.isOpen(delivery.lane())) {
            return leaving(delivery);
        }
        Slot slot = Wheel.place(looksFor(delivery, now), now);
        make(slot.queue());
        change.add(delivery.lane(), census.knows(slot) ? 1 : 0);
        return new Porter.Onward(slot.queue(), delivery.staying(porter.session()));
    }

    private Instant looksFor(Waiting delivery, Instant now) {
        if (!delivery.forLane()) {
            return delivery.due();
        }
        Duration forAll = A_DELIVERY.multipliedBy(tally.of(delivery.lane()));
        Instant asks = now.plus(forAll.compareTo(ASKS) > 0 ? forAll : ASKS);
        return asks.isBefore(delivery.due()) ? asks : delivery.due();
    }

    private Porter.Onward leaving(Waiting delivery) throws JMSException {
        make(delivery.laneQueue()); // should the lane have been taken out of the settings
        return new Porter.Onward(delivery.laneQueue(), delivery.leaving(porter.session()));
    }

    private void make(String queue) {
        if (!made.contains(queue)) {
            shelves.make(queue);
            made.add(queue);
        }
    }
}
