package org.mailchute.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mailchute.testing.FilesIn;

/** What a gateway under load needs, looked at time and again, and kept as a CSV file. */
final class Samples {
    /** A full collection stops the process for a moment: not at every sample. */
    private static final int A_COLLECTION = 6;

    /** KB. The broker's books of what came lately fill up to a fixed number, some of them only after hours. */
    private static final double BOOKS = 4 << 10;

    /** KB. Java and the system keep what was needed once; code is still compiled after hours. */
    private static final double KEPT_BY_JAVA = 16 << 10;

    /** Sessions that end while others begin. */
    private static final double SESSIONS = 10;

    /** Of the broker's pools, which end and begin as there is work. */
    private static final double POOLED_THREADS = 5;

    /** KB. The journal's files are of 4 MB, and up to 8 are kept ready for the next. */
    private static final double JOURNAL_FILES = 8 * (4 << 10);

    private static final String HEAD = "second,given,arrived,rss_kb,handles,threads,cpu_s,home_kb,live_heap_kb\n";

    private final RunningJar gateway;
    private final Path home;
    private final Tally tally;
    private final Path csv;
    private final Clock clock;
    private final Instant begun;
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private double liveHeap;

    private record Sample(
            long second, int given, int arrived, ProcessFigures process, double homeKilobytes, double heapKilobytes) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%d,%d,%d,%d,%d,%d,%.2f,%.0f,%.0f%n",
                    second,
                    given,
                    arrived,
                    process.residentKilobytes(),
                    process.handles(),
                    process.threads(),
                    process.cpuSeconds(),
                    homeKilobytes,
                    heapKilobytes);
        }
    }

    Samples(RunningJar gateway, Path home, Tally tally, Path csv, Clock clock) throws IOException {
        this.gateway = gateway;
        this.home = home;
        this.tally = tally;
        this.csv = Files.writeString(csv, HEAD);
        this.clock = clock;
        this.begun = clock.instant();
    }

    void take() throws IOException, InterruptedException {
        if (samples.size() % A_COLLECTION == 0) {
            liveHeap = ProcessFigures.liveHeap(gateway.pid());
        }
        Sample sample = new Sample(
                passed().toSeconds(),
                tally.given(),
                tally.arrived(),
                ProcessFigures.of(gateway.pid()),
                kilobytes(),
                liveHeap);
        samples.add(sample);
        Files.writeString(csv, sample.line(), StandardOpenOption.APPEND);
    }

    Duration passed() {
        return Duration.between(begun, clock.instant());
    }

    private double kilobytes() throws IOException {
        long octets = 0;
        for (Path file : FilesIn.folder(home)) {
            octets += size(file);
        }
        return octets / 1024.0;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    /** Each figure that may not grow. */
    List<Flatness> flatness() {
        return List.of(
                Flatness.of("live heap (KB)", samples, Sample::heapKilobytes, BOOKS),
                Flatness.of(
                        "resident memory (KB)",
                        samples,
                        sample -> sample.process().residentKilobytes(),
                        KEPT_BY_JAVA),
                Flatness.of("handles", samples, sample -> sample.process().handles(), SESSIONS),
                Flatness.of("threads", samples, sample -> sample.process().threads(), POOLED_THREADS),
                Flatness.of("home (KB)", samples, Sample::homeKilobytes, JOURNAL_FILES));
    }

    /** In numbers, for people. */
    String told() {
        Sample last = samples.get(samples.size() - 1);
        return String.format(
                Locale.ROOT,
                "%d messages in %d s: %.1f a second; %.2f ms of processor each; %s",
                last.given(),
                last.second(),
                (double) last.given() / last.second(),
                last.process().cpuSeconds() * 1_000 / last.given(),
                flatness());
    }
}
