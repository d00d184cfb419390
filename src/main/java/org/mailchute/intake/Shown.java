package org.mailchute.intake;

import java.util.regex.Pattern;

/** Names and sentences as they may stand on one line of a log, a header field or a file. */
public final class Shown {
    /** Controls (C0 and C1), direction marks, line separators, and halves of characters that no encoding can write. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

    private Shown() {}

    /** @param thing of which one would be spoken of */
    public static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** Each unfit character is a question mark. */
    public static String line(String text) {
        return UNFIT.matcher(text).replaceAll("?");
    }
}
