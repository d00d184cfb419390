package org.mailchute.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One contender in a process of its own. Arguments: contender, work folder, port, sessions, trust folder or "-", messages,
 * octets, messages of the warm-up. Prints seconds, CPU seconds and peak memory (KB).
 */
final class BenchRun {
    private BenchRun() {}

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory(Path.of(arguments[1]), "run-");
        Path folder = Files.createDirectories(work.resolve("scans"));
        Optional<Path> trust = arguments[4].equals("-") ? Optional.empty() : Optional.of(Path.of(arguments[4]));
        Peer peer = new Peer(
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                trust.map(place -> place.resolve("trust.p12")),
                trust.map(place -> place.resolve("trust.pem")));
        int messages = Integer.parseInt(arguments[5]);
        int octets = Integer.parseInt(arguments[6]);
        int warmUp = Integer.parseInt(arguments[7]);
        try (Contender contender = contender(arguments[0]);
                Counter counter = new Counter(peer.port())) {
            contender.start(folder, peer);
            feed(stage(work, warmUp, octets), folder);
            counter.awaitCount(warmUp);
            Path staged = stage(work, messages, octets);
            long cpu = cpuNanos();
            long start = System.nanoTime();
            feed(staged, folder);
            counter.awaitCount(warmUp + messages);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, "RESULT %.3f %.3f %d%n", seconds, (cpuNanos() - cpu) / 1e9, peakKilobytes());
            System.out.flush();
        }
        System.exit(0);
    }

    private static Contender contender(String name) {
        return switch (name) {
            case "mailchute" -> new MailchuteGateway("");
            case "without trace" -> new MailchuteGateway("trace: {keep: 0s}");
            case "with notices" ->
                new MailchuteGateway("notices: {from: mailchute@contoso.example, to: admin@contoso.example}");
            case "naive route" -> new NaiveRoute();
            default -> new AngusLoop();
        };
    }

    private static Path stage(Path work, int messages, int octets) throws IOException {
        Path staged = Files.createTempDirectory(work, "staged-");
        byte[] content = new byte[octets];
        new Random(octets).nextBytes(content);
        for (int number = 0; number < messages; number++) {
            content[0] = (byte) number;
            Files.write(staged.resolve(staged.getFileName() + "-%05d.bin".formatted(number)), content);
        }
        return staged;
    }

    private static void feed(Path staged, Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(staged)) {
            for (Path file : files) {
                Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long peakKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                : 0;
    }

    /** Asks the sink how many messages it has. */
    private static final class Counter implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final BufferedReader in;

        Counter(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            in.readLine();
        }

        void awaitCount(int messages) throws IOException, InterruptedException {
            CountDownLatch never = new CountDownLatch(1);
            while (count() < messages) {
                if (never.await(10, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        }

        private int count() throws IOException {
            out.write("COUNT\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return Integer.parseInt(String.valueOf(in.readLine()).split(" ")[1]);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
