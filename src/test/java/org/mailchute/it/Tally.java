package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.Received;
import org.mailchute.testing.Patience;

/** Numbered messages on their way: how often each of them arrived, and no more of each than that. */
final class Tally {
    private final AtomicIntegerArray copies;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private final Semaphore room;

    /**
     * @param most messages that are given
     * @param underWay how many of them may be under way; a gateway that is slower than the givers slows them down here
     */
    Tally(int most, int underWay) {
        copies = new AtomicIntegerArray(most);
        room = new Semaphore(underWay);
    }

    /** The subject of the next message; waits while too many are under way. */
    String subject() {
        try {
            assertThat(room.tryAcquire(Patience.MILLIS, TimeUnit.MILLISECONDS))
                    .as("some arrive")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return Integer.toString(numbers.getAndIncrement());
    }

    /** Counts what is received from now on, and keeps nothing of it. */
    void counts(ExchangeOnline microsoft365) {
        microsoft365.onReceived(mail -> {
            took(mail);
            microsoft365.forget();
        });
    }

    private void took(Received mail) {
        try {
            if (copies.getAndIncrement(Integer.parseInt(Workplace.field(mail.file(), "Subject"))) == 0) {
                arrived.incrementAndGet();
                room.release();
            }
            Files.delete(mail.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int given() {
        return numbers.get();
    }

    /** How many of them have arrived. */
    int arrived() {
        return arrived.get();
    }

    /** The numbers of those that did not arrive, or more than once. */
    List<Integer> notOnce() {
        return IntStream.range(0, given())
                .filter(number -> copies.get(number) != 1)
                .boxed()
                .toList();
    }
}
