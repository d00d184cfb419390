package org.mailchute.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as settings write them, in steps of 1024: that is how Microsoft counts its 35 MB. */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(B|KB|MB|GB)", Pattern.CASE_INSENSITIVE);

    private Sizes() {}

    /**
     * Bytes.
     *
     * @throws IllegalArgumentException when it is no number with B, KB, MB or GB
     */
    public static long parse(String text) {
        Matcher parts = SIZE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no size");
        }
        return Long.parseLong(parts.group(1))
                << shift(String.valueOf(parts.group(2)).toUpperCase(Locale.ROOT));
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "KB" -> 10;
            case "MB" -> 20;
            case "GB" -> 30;
            default -> 0;
        };
    }

    /** For people: {@code 35 MB}. */
    public static String text(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? "%.0f KB".formatted(bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0).replace(".0 MB", " MB");
    }
}
