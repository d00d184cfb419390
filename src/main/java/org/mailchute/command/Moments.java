package org.mailchute.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Moments as people write them, in the time of this machine. */
record Moments(Clock clock) {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm[:ss]");

    Instant today() {
        return at(LocalDate.now(clock).atStartOfDay());
    }

    /** @throws IllegalArgumentException when it is none */
    Instant read(String text) {
        try {
            if (text.contains("T")) {
                return at(LocalDateTime.parse(text));
            }
            return text.contains(":")
                    ? at(LocalDate.now(clock).atTime(LocalTime.parse(text, HOUR)))
                    : at(LocalDate.parse(text).atStartOfDay());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(text + " is no time such as 8:00, 2026-11-29 or 2026-11-29T08:00", e);
        }
    }

    private Instant at(LocalDateTime local) {
        return local.atZone(clock.getZone()).toInstant();
    }
}
