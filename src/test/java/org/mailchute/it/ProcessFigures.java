package org.mailchute.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Linux tells of a running process (proc(5)).
 *
 * @param residentKilobytes memory that it holds
 * @param peakKilobytes the most it ever held
 * @param handles files and sockets that it has open
 * @param cpuSeconds of all its threads since it began, in hundredths
 */
record ProcessFigures(long residentKilobytes, long peakKilobytes, long handles, long threads, double cpuSeconds) {
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");

    /** USER_HZ, which is 100 wherever Linux runs Java. */
    private static final double TICKS = 100;

    /** Of the fields of stat, counted from the one after the name in parentheses. */
    private static final int UTIME = 11;

    static ProcessFigures of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        return new ProcessFigures(
                kilobytes(RESIDENT, process),
                kilobytes(PEAK, process),
                entries(process.resolve("fd")),
                entries(process.resolve("task")),
                cpu(process));
    }

    private static long kilobytes(Pattern line, Path process) throws IOException {
        return line.matcher(Files.readString(process.resolve("status")))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static double cpu(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS;
    }

    /** What a Java process's heap holds after a full collection, in KB. */
    static double liveHeap(long pid) throws IOException, InterruptedException {
        Matcher total = TOTAL.matcher(ask(pid, "GC.class_histogram"));
        if (!total.find()) {
            throw new IOException("a histogram without a total");
        }
        return Long.parseLong(total.group(1)) / 1024.0;
    }

    private static String ask(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!jcmd.waitFor(1, TimeUnit.MINUTES) || jcmd.exitValue() != 0) {
            throw new IOException(command + ": " + answer);
        }
        return answer;
    }
}
