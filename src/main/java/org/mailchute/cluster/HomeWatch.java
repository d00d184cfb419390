package org.mailchute.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When home was last read and written from here. A share that is gone, or hangs, is this machine's trouble perhaps, and whoever stands by
 * takes over then.
 */
public final class HomeWatch {
    private final LongSupplier nanos;
    private volatile Optional<Long> answered = Optional.empty();

    /** @param nanos time that nobody sets */
    public HomeWatch(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** It was, just now; to be said each second from the first time on. */
    public void answers() {
        answered = Optional.of(nanos.getAsLong());
    }

    /** Nobody looks any more, as the gateway ends: what that writes yet takes as long as it takes. */
    public void ends() {
        answered = Optional.empty();
    }

    /** Whether it was not for so long; never before the first time, nor after the end. */
    boolean isSilentFor(Duration time) {
        return answered.filter(last -> nanos.getAsLong() - last > time.toNanos())
                .isPresent();
    }
}
