package org.mailchute.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mailchute.gateway.RunningGateway;

/**
 * A large watched folder, and slow writers beside ready files. Mailchute runs in this process, the sink in another:
 * {@code mvn -Pbench verify -Dbench.class=org.mailchute.bench.FolderBench -Dbench.heap=64m}.
 */
public final class FolderBench {
    private static final int LARGE = 10_000;
    private static final int READY = 1_000;
    private static final int WRITERS = 20;

    private final Path work;
    private final Path folder;
    private final Path pairs;
    private int round;

    private FolderBench(Path work) throws IOException {
        this.work = work;
        this.folder = Files.createDirectories(work.resolve("scans"));
        this.pairs = Files.createDirectories(work.resolve("pairs"));
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "folder-")
                .toAbsolutePath();
        Process sink = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sink.class.getName(),
                        "0",
                        "-")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(sink.getInputStream(), StandardCharsets.UTF_8))) {
            new FolderBench(work).run(Integer.parseInt(String.valueOf(out.readLine())));
        } finally {
            sink.destroy();
        }
        System.exit(0);
    }

    private void run(int port) throws Exception {
        RunningGateway gateway = RunningGateway.start(settings(port));
        timed("warm-up", READY);
        double alone = timed("ready files alone", READY);
        double paired = timed("ready files with a sidecar each", READY, pairs);
        System.out.printf(Locale.ROOT, "ratio %.2f%n", paired / alone);
        ScheduledExecutorService writing = Executors.newScheduledThreadPool(2);
        for (int writer = 0; writer < WRITERS; writer++) {
            Path scan = Files.writeString(folder.resolve("slow-" + writer + ".pdf"), "%PDF-1.7\n");
            writing.scheduleWithFixedDelay(() -> append(scan), 0, 20, TimeUnit.MILLISECONDS);
        }
        double beside = timed("ready files beside " + WRITERS + " slow writers", READY);
        writing.shutdownNow();
        System.out.printf(Locale.ROOT, "ratio %.2f%n", beside / alone);
        timed("files in one folder", LARGE);
        System.out.printf(
                "peak resident memory %s, heap at most %d MB%n",
                peak(), Runtime.getRuntime().maxMemory() >> 20);
        gateway.close();
    }

    private static void append(Path scan) {
        try {
            Files.writeString(scan, "x", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(scan + " was taken before its end", e);
        }
    }

    private Path settings(int port) throws IOException {
        return Files.writeString(work.resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.example, home: "%s/home"}
                intake:
                  folders:
                    - {name: scans, folder: "%s", stableFor: 1s, from: scanner@contoso.example, to: [anna@contoso.example]}
                    - {name: pairs, folder: "%s", stableFor: 1s, from: scanner@contoso.example, sidecar: {format: json, required: true}}
                accept: {senders: ["*"], recipients: ["*"]}
                next-hop: [{domain: "*", lane: relay}]
                lanes: [{name: relay, option: relay, host: localhost, port: %d, tls: none, sessions: 4, sessionMessages: 10000}]
                management: {bind: ""}
                """.formatted(work, folder, pairs, port));
    }

    /** Seconds from the first file saved until none is left, in the folder and in the spool. */
    private double timed(String what, int files) throws IOException {
        return timed(what, files, folder);
    }

    private double timed(String what, int files, Path place) throws IOException {
        Path staged = Files.createDirectories(work.resolve("staged-" + ++round));
        for (int number = 0; number < files; number++) {
            String name = "scan-%d-%05d".formatted(round, number);
            Files.writeString(staged.resolve(name + ".bin"), "x".repeat(1_000) + number);
            if (place.equals(pairs)) {
                Files.writeString(staged.resolve(name + ".json"), "{\"to\": \"anna@contoso.example\"}");
            }
        }
        long start = System.nanoTime();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(staged)) {
            for (Path file : all) {
                Files.move(file, place.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        double taken = until(place, "scan-*", start);
        double sent = until(work.resolve("home/messages"), "*", start);
        System.out.printf(
                Locale.ROOT,
                "%d %s: taken after %.1f s (%.0f a second), sent after %.1f s (%.0f a second)%n",
                files,
                what,
                taken,
                files / taken,
                sent,
                files / sent);
        return sent;
    }

    private static double until(Path place, String none, long start) throws IOException {
        boolean some = true;
        while (some) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place, none)) {
                some = files.iterator().hasNext();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static String peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .findFirst()
                        .orElse("?")
                : "?";
    }
}
