package org.mailchute.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as settings write them. */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Durations() {}

    /** @throws IllegalArgumentException when it is neither {@code 15m} and the like nor ISO 8601 */
    public static Duration parse(String text) {
        Matcher parts = SHORT.matcher(text);
        return parts.matches() ? of(Long.parseLong(parts.group(1)), parts.group(2)) : iso(text);
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("no time", e);
        }
    }

    /** For people: {@code 47h51m}, {@code 90s} as {@code 1m30s}. */
    public static String text(Duration time) {
        String text = part(time.toHours(), "h") + part(time.toMinutesPart(), "m") + part(time.toSecondsPart(), "s");
        String whole = text + part(time.toMillisPart(), "ms");
        return whole.isEmpty() ? "0s" : whole;
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
