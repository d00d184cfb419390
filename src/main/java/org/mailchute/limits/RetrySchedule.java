package org.mailchute.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long a deferred delivery waits before its next attempt.
 *
 * @param waits the wait after the first attempt, after the second, and so on; used up when none is left
 * @param jitter share by which a wait may be shorter or longer, 0 to 0.5, so that messages deferred together do not come
 *     back together
 * @param random source of the jitter; must be safe between threads when the schedule is shared
 */
public record RetrySchedule(List<Duration> waits, double jitter, RandomGenerator random) {
    private static final Duration LIFE = Duration.ofHours(48);

    /** @throws IllegalArgumentException on a wait that is not positive, or jitter out of range */
    public RetrySchedule {
        waits = List.copyOf(waits);
        if (waits.stream().anyMatch(wait -> wait.isNegative() || wait.isZero())) {
            throw new IllegalArgumentException("every wait between attempts must be longer than nothing");
        }
        if (!(jitter >= 0 && jitter <= 0.5)) {
            throw new IllegalArgumentException("jitter must be between 0 and 0.5");
        }
    }

    /** 1, 5, 15, 30 minutes, 1, 2, 4 hours, then every 4 hours while all of it stays within 48 hours. */
    public static List<Duration> standard() {
        List<Duration> waits = new ArrayList<>();
        for (int minutes : new int[] {1, 5, 15, 30, 60, 120}) {
            waits.add(Duration.ofMinutes(minutes));
        }
        Duration step = Duration.ofHours(4);
        Duration sum = waits.stream().reduce(Duration.ZERO, Duration::plus);
        while ((sum = sum.plus(step)).compareTo(LIFE) <= 0) {
            waits.add(step);
        }
        return List.copyOf(waits);
    }

    /**
     * The wait after so many counted attempts.
     *
     * @param attempts made so far, from 1
     * @return empty when the schedule is used up: the delivery becomes a dead letter
     */
    public Optional<Duration> wait(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("no wait before the first attempt");
        }
        return attempts > waits.size() ? Optional.empty() : Optional.of(jittered(waits.get(attempts - 1)));
    }

    private Duration jittered(Duration wait) {
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.max(1, Math.round(wait.toMillis() * factor)));
    }
}
