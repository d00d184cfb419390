package org.mailchute.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * How many sessions there may be at a time over some pools: those of all lanes that log in as the same mailbox (Microsoft: 3).
 * Kept sessions count; one that lies idle gives way to one that is needed, whichever pool has it. Safe between threads.
 */
public final class Seats {
    /** The number of sessions may rise without anybody leaving. */
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final IntSupplier most;
    private final List<SessionPool> pools = new ArrayList<>();
    private int users;

    /** @param most sessions at a time; asked again each time, 1 or more */
    public Seats(IntSupplier most) {
        this.most = most;
    }

    synchronized void join(SessionPool pool) {
        pools.add(pool);
    }

    /** Waits until there may be one more who uses a session. */
    public synchronized void enter() {
        while (users >= most.getAsInt()) {
            try {
                wait(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a session", e);
            }
        }
        users++;
    }

    /** Somebody who entered uses none any more. */
    public synchronized void leave() {
        users--;
        notifyAll();
    }

    /** Counts one more of this pool, and closes an idle one of any where that is one too many; its own first. */
    void surplus(SessionPool pool) {
        Optional<Spare> spare;
        synchronized (this) {
            pool.opening();
            spare = all() > most.getAsInt() ? spare(pool) : Optional.empty();
        }
        spare.ifPresent(Spare::quit);
    }

    private record Spare(SessionPool pool, KeptSession session) {
        void quit() {
            pool.quit(session);
        }
    }

    private Optional<Spare> spare(SessionPool first) {
        return Stream.concat(Stream.of(first), pools.stream())
                .flatMap(pool -> pool.spare().map(session -> new Spare(pool, session)).stream())
                .findFirst();
    }

    /** Whether there is no place for one more; under this monitor. */
    boolean full() {
        return all() >= most.getAsInt();
    }

    private int all() {
        return pools.stream().mapToInt(SessionPool::all).sum();
    }
}
