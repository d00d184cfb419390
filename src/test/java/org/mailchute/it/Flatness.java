package org.mailchute.it;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether a figure has grown while nothing else has: the mean of the last quarter of its samples is compared with that of the
 * second (the first is the warm-up). That it has fallen is no fault.
 *
 * @param name of the figure
 * @param second mean of the second quarter
 * @param last mean of the last quarter
 * @param floor growth that means nothing, in the figure's unit
 */
record Flatness(String name, double second, double last, double floor) {
    private static final double PART = 0.15;

    static <T> Flatness of(String name, List<T> samples, ToDoubleFunction<T> figure, double floor) {
        int quarter = Math.max(1, samples.size() / 4);
        return new Flatness(
                name,
                mean(samples.subList(samples.size() / 4, samples.size() / 4 + quarter), figure),
                mean(samples.subList(samples.size() - quarter, samples.size()), figure),
                floor);
    }

    private static <T> double mean(List<T> samples, ToDoubleFunction<T> figure) {
        return samples.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** Within 15 % or the floor, whichever is more. */
    boolean isFlat() {
        return last - second <= Math.max(second * PART, floor);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %.0f, then %.0f (%+.1f %%)%s",
                name,
                second,
                last,
                (last / second - 1) * 100,
                isFlat() ? "" : ", GREW");
    }
}
