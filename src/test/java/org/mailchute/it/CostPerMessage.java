package org.mailchute.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How much processor time a process spends on each of its messages, part by part of very many. */
final class CostPerMessage {
    private final long pid;
    private final List<Double> millis = new ArrayList<>();
    private double seconds;
    private long count;

    /** From now on. @param count messages so far */
    CostPerMessage(long pid, long count) throws IOException {
        this.pid = pid;
        this.count = count;
        this.seconds = ProcessFigures.of(pid).cpuSeconds();
    }

    /** The next part has ended. @param countNow messages so far */
    void part(long countNow) throws IOException {
        double now = ProcessFigures.of(pid).cpuSeconds();
        millis.add((now - seconds) * 1_000 / (countNow - count));
        seconds = now;
        count = countNow;
    }

    /** Between the first part and the last, in microseconds. */
    Flatness flatness(String name) {
        return new Flatness(name + " (us)", millis.get(0) * 1_000, millis.get(millis.size() - 1) * 1_000, 0);
    }

    /** Of each part, in milliseconds. */
    @Override
    public String toString() {
        return String.join(" ", millis.stream().map("%.2f"::formatted).toList()) + " ms";
    }
}
