package org.mailchute.reply;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.reply.Verdict.Action;

/**
 * What a refusal comes to when it does not pass: a fault that looks transient and is not, or a recipient's fault that is
 * really the lane's.
 *
 * @param then hold or pause
 * @param after how long the lane has heard of the same cause, without a message accepted meanwhile; zero where recipients
 *     count
 * @param recipients so many different recipients of one domain refused, with none of the domain accepted meanwhile; 0 where
 *     the time counts
 */
public record Lasting(Action then, Duration after, int recipients) {
    private static final Pattern WRITTEN = Pattern.compile("([1-9]\\d{0,3})(m|h| recipients)");
    private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,3})([smh])");

    /** @throws IllegalArgumentException when it stops no lane, or counts neither time nor recipients */
    public Lasting {
        if (then != Action.HOLD && then != Action.PAUSE) {
            throw new IllegalArgumentException("what lasts holds or pauses the lane");
        }
        if (after.isZero() == (recipients == 0)) {
            throw new IllegalArgumentException("time or recipients count, not both");
        }
    }

    /** Reads {@code 30m}, {@code 1h} or {@code 5 recipients}. */
    static Lasting parse(Action then, String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("a time such as 30m or 1h, or a number such as 5 recipients");
        }
        return written.group(2).startsWith(" ")
                ? new Lasting(then, Duration.ZERO, Integer.parseInt(written.group(1)))
                : new Lasting(then, time(text), 0);
    }

    /** Reads {@code 20s}, {@code 30m} or {@code 1h}. */
    static Duration time(String text) {
        Matcher written = TIME.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("a time such as 30m or 1h");
        }
        return Duration.parse("PT" + text);
    }

    /** For people: {@code for 1 hour}, {@code for 5 recipients in a row}. */
    @Override
    public String toString() {
        if (recipients > 0) {
            return "for " + recipients + " recipients of one domain in a row";
        }
        long minutes = after.toMinutes();
        return "for " + (minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min") + " without a message accepted";
    }
}
