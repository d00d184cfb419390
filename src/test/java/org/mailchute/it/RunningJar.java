package org.mailchute.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.mailchute.testing.Patience;
import org.slf4j.LoggerFactory;

/** The finished jar as a process of its own. */
public final class RunningJar implements AutoCloseable {
    private static final List<String> OURS = List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    /** A start costs 2 instead of 9 seconds of processor with it and {@link KeptClasses}; DemoIT shows the jar as Java itself chooses. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private static final int MOST_SHOWN = 1 << 20;
    private static final int LAST_LINES = 30;

    private final Process process;
    private final Path output;

    private RunningJar(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** As a user starts it, with Java's own choice of compiler and collector. */
    static RunningJar start(Path folder, List<String> options, String... arguments) throws IOException {
        return start(folder, List.of(), options, List.of(arguments));
    }

    /** A gateway that carries hundreds of megabytes. @param heap as in -Xmx */
    static RunningJar carrying(Path folder, String heap, Path settings) throws IOException {
        List<String> options = new ArrayList<>(KeptClasses.options());
        options.add("-Xmx" + heap);
        return run(folder, List.of(), options, settings);
    }

    /** A gateway that lives for seconds. @param heap as in -Xmx */
    public static RunningJar gateway(Path folder, String heap, Path settings) throws IOException {
        return gateway(folder, List.of(), heap, settings);
    }

    /** Likewise, which a debugger looks at. @param option that makes it connect to the debugger */
    public static RunningJar watched(Path folder, String option, String heap, Path settings) throws IOException {
        return run(folder, List.of(), shortLived("-Xmx" + heap, option), settings);
    }

    /** @param prefix what starts the JVM, as another user for example */
    static RunningJar gateway(Path folder, List<String> prefix, String heap, Path settings) throws IOException {
        return run(folder, prefix, shortLived("-Xmx" + heap), settings);
    }

    /** Likewise, which at its end writes down the classes that it used. */
    static RunningJar keeping(Path folder, Path archive, Path settings) throws IOException {
        return run(folder, List.of(), List.of(SHORT_LIVED, "-XX:ArchiveClassesAtExit=" + archive), settings);
    }

    /** A command that says something and ends. @param prefix what starts the JVM, as another user for example */
    static RunningJar command(Path folder, List<String> prefix, String... arguments) throws IOException {
        return start(folder, prefix, shortLived(), List.of(arguments));
    }

    private static List<String> shortLived(String... more) {
        List<String> options = new ArrayList<>(KeptClasses.options());
        options.add(SHORT_LIVED);
        options.addAll(List.of(more));
        return options;
    }

    private static RunningJar run(Path folder, List<String> prefix, List<String> more, Path settings)
            throws IOException {
        List<String> options = new ArrayList<>(OURS);
        options.addAll(more);
        return start(folder, prefix, options, List.of("run", "--config", settings.toString()));
    }

    /** @param prefix what starts the JVM, as another user for example */
    static RunningJar start(Path folder, List<String> prefix, List<String> options, List<String> arguments)
            throws IOException {
        Path output = Files.createTempFile(folder, "output-", ".log");
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", Objects.requireNonNull(System.getProperty("mailchute.jar"))));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RunningJar(process, output);
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    /** Where its output is kept. */
    public Path log() {
        return output;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public RunningJar awaitUp() {
        Awaitility.await("the gateway is up").until(() -> isUp() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the gateway ended: " + Objects.toString(quiet()));
        }
        return this;
    }

    public boolean isUp() {
        return quiet().contains(" is up:");
    }

    private String quiet() {
        try {
            return output();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What it printed; of very much only the end. */
    private String end() {
        try (InputStream printed = Files.newInputStream(output)) {
            printed.skipNBytes(Math.max(0, Files.size(output) - MOST_SHOWN));
            return new String(printed.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Else says how it ended. */
    void mustLive() {
        if (!isAlive()) {
            List<String> lines = end().lines().toList();
            throw new AssertionError("the gateway ended:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
        }
    }

    /** SIGKILL: no shutdown hook runs. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGKILL, without waiting for its end. */
    public void strike() {
        process.destroyForcibly();
    }

    /** @param name such as STOP */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
    }

    /** SIGTERM. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running: " + quiet());
        }
        return process.exitValue();
    }

    /** Spent so far. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
        LoggerFactory.getLogger(RunningJar.class).info("the process printed:\n{}", end());
        kill();
    }
}
