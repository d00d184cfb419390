package org.mailchute.bench;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Folder to SMTP sink, in one run: Mailchute, a naive Camel route, a bare Angus loop over one kept session. Every contender
 * and every sink is a process of its own. {@code mvn -Pbench verify}; with {@code -Dbench.args=options} what trace and notices cost, three
 * rounds in turn. Figures are quoted in src/docs/performance.md.
 */
public final class Bench {
    private static final List<String> CONTENDERS = List.of("mailchute", "naive route", "angus loop");

    private static final List<String> OPTIONS = List.of("mailchute", "without trace", "with notices");
    private static final int ROUNDS = 3;

    private Bench() {}

    /**
     * @param late milliseconds the sink is away
     * @param sessions Mailchute may keep
     */
    private record Load(String name, boolean tls, int late, int sessions, int messages, int octets, int warmUp) {
        /** One session a message or one flight a command: the slow ones are not given the whole load. */
        Load forContender(String contender) {
            int share = OPTIONS.contains(contender) || octets > 100_000
                    ? 1
                    : contender.equals("naive route") || late > 0 ? 20 : 2;
            return new Load(name, tls, late, sessions, messages / share, octets, warmUp / share);
        }
    }

    private static final List<Load> LOADS = List.of(
            new Load("20 KB, plain", false, 0, 4, 4_000, 20_000, 4_000),
            new Load("20 KB, STARTTLS", true, 0, 4, 4_000, 20_000, 4_000),
            new Load("1 MB, plain", false, 0, 4, 100, 1_000_000, 40),
            new Load("1 MB, STARTTLS", true, 0, 4, 100, 1_000_000, 40),
            new Load("30 MB, plain", false, 0, 4, 10, 30_000_000, 4),
            new Load("30 MB, STARTTLS", true, 0, 4, 10, 30_000_000, 4),
            new Load("20 KB, 20 ms away", false, 20, 20, 2_000, 20_000, 2_000));

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of("target", "bench")).toAbsolutePath();
        Path trust = certificates(work);
        boolean options = List.of(arguments).contains("options");
        List<String> contenders = options ? OPTIONS : CONTENDERS;
        System.out.printf(
                "%n%-20s %-13s %9s %8s %11s %8s %7s%n",
                "load", "contender", "msg/s", "MB/s", "CPU ms/msg", "peak MB", "ratio");
        for (Load load : options ? Collections.nCopies(ROUNDS, LOADS.get(0)) : LOADS) {
            double first = 0;
            for (String contender : contenders) {
                double rate = run(load, contender, work, trust, first);
                first = first == 0 ? rate : first;
            }
        }
        if (!options) {
            fsyncs(work, trust);
        }
        delete(work);
    }

    /** Prints one row; ratio is Mailchute's messages a second to this contender's. */
    private static double run(Load whole, String contender, Path work, Path trust, double first) throws Exception {
        Load load = whole.forContender(contender);
        try (SinkProcess sink = new SinkProcess(load, trust)) {
            double[] result = result(command(load, contender, work, trust, sink.port(), load.messages()));
            double rate = load.messages() / result[0];
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %-13s %9.0f %8.1f %11.2f %8.0f %7.2f%n",
                    load.name(),
                    contender,
                    rate,
                    rate * load.octets() / 1e6,
                    result[1] * 1_000 / load.messages(),
                    result[2] / 1_024,
                    first == 0 ? 1 : first / rate);
            return rate;
        }
    }

    /** Counted by strace where there is one, in a run of its own, because counting slows. */
    private static void fsyncs(Path work, Path trust) throws Exception {
        if (Stream.of("/usr/bin/strace", "/bin/strace").noneMatch(path -> Files.exists(Path.of(path)))) {
            System.out.println("fsyncs are not counted: no strace here");
            return;
        }
        Load load = new Load("20 KB, plain", false, 0, 4, 1_000, 20_000, 200);
        int messages = load.messages();
        try (SinkProcess sink = new SinkProcess(load, trust)) {
            Path counts = work.resolve("strace.txt");
            List<String> command = new ArrayList<>(
                    List.of("strace", "-f", "-qq", "-c", "-e", "trace=fsync,fdatasync", "-o", counts.toString()));
            command.addAll(command(load, "mailchute", work, trust, sink.port(), messages));
            result(command);
            long calls = Files.readAllLines(counts).stream()
                    .filter(line -> line.endsWith("fsync") || line.endsWith("fdatasync"))
                    .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[3]))
                    .sum();
            System.out.printf(
                    Locale.ROOT,
                    "%nmailchute, %s: %.2f fsyncs a message (%d for %d messages)%n",
                    load.name(),
                    (double) calls / (messages + load.warmUp()),
                    calls,
                    messages + load.warmUp());
        }
    }

    private static List<String> command(Load load, String contender, Path work, Path trust, int port, int messages) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dmailchute.log=WARN",
                "-Dmailchute.mail.log=OFF",
                "-cp",
                System.getProperty("java.class.path"),
                BenchRun.class.getName(),
                contender,
                work.toString(),
                Integer.toString(port),
                Integer.toString(load.sessions()),
                load.tls() ? trust.toString() : "-",
                Integer.toString(messages),
                Integer.toString(load.octets()),
                Integer.toString(load.warmUp()));
    }

    private static double[] result(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder other = new StringBuilder();
        double[] result = null;
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("RESULT ")) {
                    result = Stream.of(line.substring(7).split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
                } else {
                    other.append(line).append('\n');
                }
            }
        }
        process.waitFor();
        if (result == null) {
            throw new IllegalStateException("no result: " + other);
        }
        return result;
    }

    private static Path certificates(Path work) throws Exception {
        Path folder = Files.createDirectories(work.resolve("certificates"));
        X509Bundle localhost = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .algorithm(CertificateBuilder.Algorithm.rsa2048)
                .buildSelfSigned();
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("localhost", localhost.getKeyPair().getPrivate(), password, new Certificate[] {
            localhost.getCertificate()
        });
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("localhost", localhost.getCertificate());
        try (OutputStream keyFile = Files.newOutputStream(folder.resolve("keys.p12"));
                OutputStream trustFile = Files.newOutputStream(folder.resolve("trust.p12"))) {
            keys.store(keyFile, password);
            trusted.store(trustFile, password);
        }
        Files.writeString(folder.resolve("trust.pem"), localhost.getCertificatePEM());
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The sink's process; ends when its input is closed. */
    private static final class SinkProcess implements AutoCloseable {
        private final Process process;
        private final int port;

        SinkProcess(Load load, Path trust) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Sink.class.getName(),
                            Integer.toString(load.late()),
                            load.tls() ? trust.resolve("keys.p12").toString() : "-")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            port = Integer.parseInt(String.valueOf(out.readLine()));
        }

        int port() {
            return port;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
