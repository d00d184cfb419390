package org.mailchute.management;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A time as the log shows it: local, to the second, with its offset. */
public final class LocalTime {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX").withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter BARE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private LocalTime() {}

    public static String of(Instant time) {
        return FORMAT.format(time);
    }

    /** Without the offset, where many stand below each other. */
    public static String bare(Instant time) {
        return BARE.format(time);
    }
}
