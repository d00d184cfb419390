package org.mailchute.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Rest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of one intake's refused input: it rests in its place, with its reason, while there is room. Safe between threads. */
public final class RefusedInput {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedInput.class);
    private static final Duration TOLD_AGAIN = Duration.ofDays(1);

    private final String source;
    private final RejectedRoom room;
    private final RejectedPlace spare;
    private final Clock clock;
    private Instant told = Instant.MIN;

    /**
     * @param source the intake, as events show it
     * @param spare in home, for input whose own place cannot be written
     */
    public RefusedInput(String source, RejectedRoom room, RejectedPlace spare, Clock clock) {
        this.source = source;
        this.room = room;
        this.spare = spare;
        this.clock = clock;
    }

    /**
     * Leaves nothing at the claim's own place.
     *
     * @param place where it is to rest
     * @param shared whether its senders have it still and are answered: to stop for want of room would stop the others
     */
    public void rests(Claimed claimed, Refused why, RejectedPlace place, boolean shared) throws IOException {
        Optional<String> lack = shared ? room.lacks() : Optional.empty();
        if (lack.isPresent()) {
            forget(claimed, lack.get());
            return;
        }
        long weight = RejectedRoom.weight(claimed);
        room.rests(reject(claimed, why, place), claimed, weight);
    }

    private void forget(Claimed claimed, String lack) throws IOException {
        for (Companion file : claimed.files()) {
            Files.deleteIfExists(file.file());
        }
        if (isToBeTold()) {
            LOG.warn("intake {} keeps no more of what it refuses, here is only told why: {}", claimed.intake(), lack);
        }
    }

    private synchronized boolean isToBeTold() {
        Instant now = clock.instant();
        boolean due = !Rest.lasts(told, TOLD_AGAIN, now);
        told = due ? now : told;
        return due;
    }

    private Path reject(Claimed claimed, Refused why, RejectedPlace place) throws IOException {
        try {
            return place.reject(claimed, why, clock.instant());
        } catch (IOException e) {
            Path instead = spare.reject(claimed, why, clock.instant());
            LOG.error(
                    "id={} source={} file=\"{}\" is refused, but its place cannot be written ({}), so it rests at {}",
                    claimed.queueId(),
                    source,
                    Shown.line(claimed.name()),
                    e,
                    instead);
            return instead;
        }
    }
}
