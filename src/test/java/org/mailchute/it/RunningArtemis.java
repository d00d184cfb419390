package org.mailchute.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A real Artemis of the lowest version, unpacked for one test and set up as the file that is shipped says; or a live one and its backup. */
public final class RunningArtemis implements AutoCloseable {
    private static final Path SHIPPED = Path.of("deploy/artemis/mailchute.xml");
    /** What its head says to set beside them. */
    private static final Pattern SETTING = Pattern.compile("^ {4}<([a-z-]+)>\\w+</\\1>", Pattern.MULTILINE);

    private static final String IS_LIVE = "AMQ221007";
    private static final String IS_BACKUP = "AMQ221031";
    private static final String TOOK_OVER = "AMQ221010";
    /** Of the application, beside the gateway's own. */
    public static final String PASSWORD = BrokerPort.PASSWORD;

    private final Path console;
    private final Process process;

    private RunningArtemis(Path console, Process process) {
        this.console = console;
        this.process = process;
    }

    /** With the users {@code gateway} and that of {@link BrokerPort}. */
    public static RunningArtemis start(Path root, int port) throws Exception {
        return run(root, create(root, port), IS_LIVE);
    }

    /** One of two with the same store, which has it first. @param other where the {@link #backup} is */
    static RunningArtemis live(Path root, int port, int other) throws Exception {
        return run(root, pair(root, port, other, "master"), IS_LIVE);
    }

    /** The other, which takes over. */
    static RunningArtemis backup(Path root, int port, int other) throws Exception {
        return run(root, pair(root, port, other, "slave"), IS_BACKUP);
    }

    private static Path pair(Path root, int port, int other, String role) throws Exception {
        Path broker = create(root, port);
        Path file = broker.resolve("etc/broker.xml");
        String store = Files.createDirectories(root.resolve("store")).toString();
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("directory>data/", "directory>" + store + "/")
                        .replaceFirst("(?=<persistence-enabled>)", Matcher.quoteReplacement("""
                                <ha-policy><shared-store><%s><failover-on-shutdown>true</failover-on-shutdown></%s></shared-store></ha-policy>
                                <cluster-user>pair</cluster-user>
                                <cluster-password>pair-secret</cluster-password>
                                <connectors>
                                  <connector name="this">tcp://127.0.0.1:%d</connector>
                                  <connector name="other">tcp://127.0.0.1:%d</connector>
                                </connectors>
                                <cluster-connections>
                                  <cluster-connection name="pair">
                                    <connector-ref>this</connector-ref>
                                    <message-load-balancing>OFF</message-load-balancing>
                                    <static-connectors><connector-ref>other</connector-ref></static-connectors>
                                  </cluster-connection>
                                </cluster-connections>
                                """.formatted(
                                        role, role, port, other))));
        return broker;
    }

    private static Path create(Path root, int port) throws Exception {
        Path archive = Path.of(Objects.requireNonNull(System.getProperty("mailchute.build")))
                .resolve("artemis/apache-artemis.tar.gz");
        Path home = root.resolve("distribution");
        if (Files.notExists(home)) {
            Files.createDirectories(home);
            run("tar", "xzf", archive.toString(), "--strip-components=1", "-C", home.toString());
        }
        Path broker = root.resolve("broker-" + port);
        run(
                home.resolve("bin/artemis").toString(),
                "create",
                "--silent",
                "--user=admin",
                "--password=admin",
                "--role=amq",
                "--require-login",
                "--no-autotune",
                "--no-web",
                "--nio",
                "--no-amqp-acceptor",
                "--no-hornetq-acceptor",
                "--no-mqtt-acceptor",
                "--no-stomp-acceptor",
                "--host=127.0.0.1",
                "--default-port=" + port,
                broker.toString());
        setUp(broker.resolve("etc"));
        return broker;
    }

    /** @param ready what it prints when it is */
    private static RunningArtemis run(Path root, Path broker, String ready) throws Exception {
        Path console = root.resolve(broker.getFileName() + ".console");
        Process process = program(broker.resolve("bin/artemis").toString(), "run")
                .redirectOutput(console.toFile())
                .start();
        RunningArtemis running = new RunningArtemis(console, process);
        Awaitility.await("the broker's start").until(() -> running.printed(ready) || !process.isAlive());
        if (!running.printed(ready)) {
            throw new AssertionError(Files.readString(console));
        }
        return running;
    }

    private static void setUp(Path etc) throws IOException {
        String shipped = Files.readString(SHIPPED);
        String all = Files.readString(etc.resolve("broker.xml"));
        for (String section : List.of("security-settings", "address-settings", "addresses")) {
            String inner = between(shipped, section);
            all = all.replaceFirst("(?=</" + section + ">)", Matcher.quoteReplacement(inner));
        }
        for (String setting :
                SETTING.matcher(shipped).results().map(one -> one.group()).toList()) {
            String name = setting.replaceAll("(?s).*<(\\S+?)>.*", "$1");
            all = all.replaceAll("\\s*<" + name + ">.*", "").replaceFirst("(?=<persistence-enabled>)", setting);
        }
        Files.writeString(etc.resolve("broker.xml"), all);
        append(
                etc,
                "artemis-users.properties",
                "gateway = gateway-secret\n%s = %s\n".formatted(BrokerPort.USER, BrokerPort.PASSWORD));
        append(etc, "artemis-roles.properties", "mailchute = gateway\napplications = %s\n".formatted(BrokerPort.USER));
    }

    private static String between(String xml, String section) {
        return xml.replaceFirst("(?s).*<" + section + ">(.*)</" + section + ">.*", "$1");
    }

    private static void append(Path etc, String name, String lines) throws IOException {
        Files.writeString(etc.resolve(name), "\n" + lines, StandardOpenOption.APPEND);
    }

    private static void run(String... command) throws Exception {
        Process process = program(command).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    /** Which ends before the second compiler has earned its work. */
    private static ProcessBuilder program(String... command) {
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        return program;
    }

    private boolean printed(String code) throws IOException {
        return Files.readString(console).contains(code);
    }

    /** Of a backup: it is the one that works. */
    boolean hasTakenOver() throws IOException {
        return printed(TOOK_OVER);
    }

    /** @param name such as STOP */
    void signal(String name) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, String.valueOf(process.pid())));
        process.descendants().forEach(each -> command.add(String.valueOf(each.pid()))); // its script may wait for Java
        run(command.toArray(String[]::new));
    }

    /** Its script waits for Java, which must end first. */
    @Override
    public void close() throws Exception {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor();
    }
}
