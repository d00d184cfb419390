package org.mailchute.it;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.Patience;
import org.slf4j.LoggerFactory;

/** A real Karaf, unpacked for one test: without network, ports, ssh and the user's Maven repository. */
final class RunningKaraf implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    private static final String PASSED_OVER = "Unable to install Kar feature";

    private final Path home;
    private @Nullable Process process;
    private int typed;

    private RunningKaraf(Path home) {
        this.home = home;
    }

    static RunningKaraf unpack(Path home) throws Exception {
        Files.createDirectories(home);
        Path archive = built("karaf/apache-karaf.tar.gz");
        run("tar", "xzf", archive.toString(), "--strip-components=1", "-C", home.toString());
        RunningKaraf karaf = new RunningKaraf(home);
        // one listens on fixed ports, and nothing here needs them
        karaf.edit("org.apache.karaf.features.cfg", "(ssh|management)/[^,]*,", "");
        // what the KAR holds must be enough
        karaf.edit("org.ops4j.pax.url.mvn.cfg", "(?m)^(org.ops4j.pax.url.mvn.repositories *=)(.*\\\\\\R)*.*", "$1");
        karaf.edit(
                "org.ops4j.pax.url.mvn.cfg",
                "\\z",
                "\norg.ops4j.pax.url.mvn.localRepository = " + home.resolve("no-repository") + "\n");
        // as karaf-features/README.md says
        karaf.edit(
                "org.ops4j.pax.logging.cfg",
                "\\z",
                Matcher.quoteReplacement(Files.readString(Path.of("karaf-features/logging.cfg"))));
        return karaf;
    }

    private void edit(String name, String pattern, String replacement) throws IOException {
        Files.writeString(etc(name), Files.readString(etc(name)).replaceAll(pattern, replacement));
    }

    /** Of the build; failsafe says where. */
    private static Path built(String name) {
        return Path.of(Objects.requireNonNull(System.getProperty("mailchute.build")))
                .resolve(name);
    }

    Path etc(String name) {
        return home.resolve("etc").resolve(name);
    }

    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString())
                .redirectErrorStream(true)
                .redirectOutput(console().toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        JAVA.toString(),
                        "EXTRA_JAVA_OPTS",
                        "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                        "KARAF_EXEC",
                        "exec"));
        process = builder.start();
        Awaitility.await("Karaf's start").until(() -> log().contains("| Done."));
    }

    /**
     * Puts the KAR into the deploy folder, whole at once, and returns when the gateway is up. Karaf makes its features service
     * anew during the first start; a KAR that comes in that moment is passed over, and put there again as a person would.
     */
    void deploy() throws IOException {
        int before = log().length();
        Path half = Files.copy(kar(), home.resolve("half"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(half, deployed(), StandardCopyOption.ATOMIC_MOVE);
        Awaitility.await("the gateway in Karaf").until(() -> said(before, PASSED_OVER) || said(before, " is up:"));
        if (!said(before, " is up:")) {
            undeploy();
            Awaitility.await("the KAR is forgotten")
                    .until(() -> FilesIn.folder(home.resolve("data/kar")).isEmpty());
            deploy();
        }
    }

    private Path console() {
        return home.resolve("console.log");
    }

    /** What the shell prints when this is typed, and the typing itself. */
    String shell(String command) throws IOException {
        // typed in three words of its own: what the shell shows of the typing is not taken for the end
        String end = "end of " + ++typed;
        int before = Files.readString(console()).length();
        Writer keys = Objects.requireNonNull(process).outputWriter();
        keys.write(command + "\necho \"" + end.replace(" ", "\" \"") + "\"\n");
        keys.flush();
        Awaitility.await(command).until(() -> Files.readString(console()).indexOf(end, before) > 0);
        return Files.readString(console()).substring(before);
    }

    private boolean said(int before, String words) throws IOException {
        return log().substring(before).contains(words);
    }

    /** Karaf then stops and uninstalls the bundle. */
    void undeploy() throws IOException {
        Files.delete(deployed());
    }

    private Path deployed() throws IOException {
        return home.resolve("deploy").resolve(kar().getFileName());
    }

    private static Path kar() throws IOException {
        try (var found = Files.newDirectoryStream(built(""), "*.kar")) {
            return found.iterator().next();
        }
    }

    String log() throws IOException {
        Path log = home.resolve("data/log/karaf.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Names of the threads that run in it. */
    List<String> threads() throws Exception {
        return jcmd("Thread.print")
                .lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.lastIndexOf('"')))
                .toList();
    }

    /** How many objects of this class are reachable in it. */
    long objects(String className) throws Exception {
        return jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(className))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    private String jcmd(String command) throws Exception {
        return run(JAVA.resolve("bin/jcmd").toString(), pid(), command);
    }

    private String pid() {
        return Long.toString(Objects.requireNonNull(process).pid());
    }

    /** Camel's MBeans in it, as a tool of this machine's user sees them. */
    @SuppressWarnings("BanJNDI") // the address is the process's own
    Set<ObjectName> beans(String properties) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(pid());
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            return connector
                    .getMBeanServerConnection()
                    .queryNames(new ObjectName("org.apache.camel:" + properties), null);
        } finally {
            machine.detach();
        }
    }

    /** SIGTERM; then the exit code. */
    int terminate() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        running.destroy();
        if (!running.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("Karaf still runs a minute after SIGTERM");
        }
        return running.exitValue();
    }

    /** Processes that were started from its folder and still run. */
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .flatMap(found -> found.info().commandLine().stream())
                .filter(line -> line.contains(home.toString()))
                .toList();
    }

    private static String run(String... command) throws Exception {
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(run.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (run.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        LoggerFactory.getLogger(RunningKaraf.class).info("Karaf's log:\n{}", log());
    }
}
