package org.mailchute.settings.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything found wrong in one file, faults and warnings; reading goes on after each, so that all are told at once. */
public final class Faults {
    /** A file that is wrong all over does not need every line of it told. */
    private static final int MOST = 200;

    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> warnings = new ArrayList<>();

    void fault(Fault fault) {
        keep(faults, fault);
    }

    void warning(Fault warning) {
        keep(warnings, warning);
    }

    private static void keep(List<Fault> kept, Fault fault) {
        if (kept.size() < MOST) {
            kept.add(fault);
        }
    }

    /** In the order of the file. */
    public List<Fault> faults() {
        return sorted(faults);
    }

    /** What works but may not be meant, in the order of the file. */
    public List<Fault> warnings() {
        return sorted(warnings);
    }

    private static List<Fault> sorted(List<Fault> found) {
        return found.stream()
                .sorted(Comparator.comparing(Fault::file).thenComparingInt(Fault::line))
                .toList();
    }
}
