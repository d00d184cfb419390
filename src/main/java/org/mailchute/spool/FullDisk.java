package org.mailchute.spool;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * One disk.
 *
 * @param room what of home lies on it
 * @param used 0 to 1
 */
record FullDisk(Path room, DoubleSupplier used) implements DiskTrouble {
    /** Of the disk. What is under way has the two percent up to the broker's limit. */
    private static final double NEARLY_FULL = 0.93;

    @Override
    public Optional<String> fault() {
        double now = used.getAsDouble();
        return now < NEARLY_FULL
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the disk of %s is %.0f %% full: nothing is taken or sent until it is below %.0f %%; make room there",
                        room,
                        now * 100,
                        NEARLY_FULL * 100));
    }

    @Override
    public String over() {
        return "the disk of " + room + " has room again";
    }
}
