package org.mailchute.reply;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server said: a reply code and its text (RFC 5321 section 4.2), lines joined by a blank.
 *
 * @param code 200 to 599; {@link #NO_REPLY} when the connection broke before a reply came
 * @param text without the code, controls masked, so that it may be logged as it is
 */
public record Reply(int code, String text) {
    /** Stands for "the server did not answer": refused, timed out, cut off. */
    public static final int NO_REPLY = 0;

    private static final Pattern NEW_LINES = Pattern.compile("[\\r\\n]+");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    private static final Pattern RETRY_AFTER = Pattern.compile("; Retry-After: (\\d{1,9})\\b");

    /** @throws IllegalArgumentException on a code SMTP does not have */
    public Reply {
        if (code != NO_REPLY && (code < 200 || code > 599)) {
            throw new IllegalArgumentException("not an SMTP reply code: " + code);
        }
        text = line(text);
    }

    /** What a server says, on one line: it may say anything, and no control gets to a log or a terminal. */
    public static String line(String text) {
        String line = NEW_LINES.matcher(text).replaceAll(" ");
        return UNSEEN.matcher(line).replaceAll("?").strip();
    }

    /** No answer at all, and what was seen instead. */
    public static Reply none(String why) {
        return new Reply(NO_REPLY, why);
    }

    public Optional<EnhancedStatusCode> enhanced() {
        return EnhancedStatusCode.startOf(text);
    }

    /** How long Microsoft Graph asks to wait (RFC 9110 section 10.2.3), where it says so in seconds; a day at the most. */
    public Optional<Duration> retryAfter() {
        Matcher asked = RETRY_AFTER.matcher(text);
        return asked.find()
                ? Optional.of(Duration.ofSeconds(Math.min(86_400, Long.parseLong(asked.group(1)))))
                : Optional.empty();
    }

    public boolean positive() {
        return code >= 200 && code < 400;
    }

    /** As the server wrote it, on one line. */
    @Override
    public String toString() {
        return code == NO_REPLY ? "no reply: " + text : code + " " + text;
    }
}
