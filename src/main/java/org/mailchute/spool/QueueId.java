package org.mailchute.spool;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The name of a message inside Mailchute, on every log line and in every file name: 16 characters, digits and capitals,
 * sorting by age.
 */
public record QueueId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9A-Z]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws IllegalArgumentException when it is not 16 digits and capitals, so that it can never name a path */
    public QueueId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a queue id (16 digits and capitals)");
        }
    }

    /** A new one: nine characters of milliseconds, seven of chance (36^7, 78 thousand million a millisecond). */
    public static QueueId next(Clock clock) {
        return of(clock.instant(), RANDOM.nextLong() & Long.MAX_VALUE);
    }

    /** One of its own for something that came at this time; the same each time that it is asked. @param chance 0 or more */
    public static QueueId of(Instant time, long chance) {
        return new QueueId(base36(time.toEpochMilli(), 9) + base36(chance % 78_364_164_096L, 7));
    }

    /** When it was made. */
    public Instant time() {
        return Instant.ofEpochMilli(Long.parseLong(value.substring(0, 9), 36));
    }

    private static String base36(long number, int width) {
        String digits = Long.toString(number, 36).toUpperCase(java.util.Locale.ROOT);
        return "0".repeat(width - digits.length()) + digits;
    }

    @Override
    public String toString() {
        return value;
    }
}
