package org.mailchute.reply;

import java.util.Optional;

/**
 * What the server said: a reply code and its text (RFC 5321 section 4.2), lines joined by a blank.
 *
 * @param code 200 to 599; {@link #NO_REPLY} when the connection broke before a reply came
 * @param text without the code, controls masked, so that it may be logged as it is
 */
public record Reply(int code, String text) {
    /** Stands for "the server did not answer": refused, timed out, cut off. */
    public static final int NO_REPLY = 0;

    /** @throws IllegalArgumentException on a code SMTP does not have */
    public Reply {
        if (code != NO_REPLY && (code < 200 || code > 599)) {
            throw new IllegalArgumentException("not an SMTP reply code: " + code);
        }
        text = line(text);
    }

    /** What a server says, on one line: it may say anything, and no control gets to a log or a terminal. */
    public static String line(String text) {
        return text.replaceAll("[\\r\\n]+", " ")
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?")
                .strip();
    }

    /** No answer at all, and what was seen instead. */
    public static Reply none(String why) {
        return new Reply(NO_REPLY, why);
    }

    public Optional<EnhancedStatusCode> enhanced() {
        return EnhancedStatusCode.startOf(text);
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
