package org.mailchute.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of this machine's package, with a database of its own on loopback that asks for no password. */
public final class RealPostgres implements AutoCloseable {
    private static final Path PACKAGE = Path.of("/usr/lib/postgresql");
    /** It does not run as root. */
    private static final String USER = "postgres";

    private final Path programs;
    private final TestFolder place;
    private final Path folder;
    private final int port;

    private RealPostgres(Path programs, TestFolder place, int port) {
        this.programs = programs;
        this.place = place;
        this.folder = place.path();
        this.port = port;
    }

    /** Started; where its package is not there the test is told of as not run, or fails where .ci/run says it must be. */
    public static RealPostgres start() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            Missing.program("there is no PostgreSQL (apt install postgresql)");
        }
        RealPostgres postgres = new RealPostgres(programs.orElseThrow(), new TestFolder(), FreePort.number());
        if (isRoot()) {
            run(List.of("chown", USER, postgres.folder.toString()));
        }
        postgres.program("initdb", "--no-sync", "--auth=trust", "--username=mailchute", "--encoding=UTF8");
        postgres.open();
        return postgres;
    }

    /** The newest. */
    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(PACKAGE)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PACKAGE)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(bin -> bin.toString().length() + bin.toString()));
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Its database, as JDBC has it; the user is {@code mailchute}. */
    public String url() {
        return url(port);
    }

    /** As {@link #url()}, by way of what listens at this port. */
    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public int port() {
        return port;
    }

    /** Started again after {@link #stop}, with all it has. */
    public void open() throws IOException, InterruptedException {
        String options = "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off"
                .formatted(port, folder);
        program("pg_ctl", "start", "--wait", "--silent", "--log=" + folder.resolve("log"), "--options=" + options);
    }

    /** As in a power cut. */
    public void stop() throws IOException, InterruptedException {
        program("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate");
    }

    /**
     * To each of its processes; a stopped one takes connections and says nothing.
     *
     * @param name such as STOP
     */
    public void signal(String name) throws IOException, InterruptedException {
        long first = Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0));
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, String.valueOf(first)));
        ProcessHandle.of(first).orElseThrow().descendants().forEach(one -> command.add(String.valueOf(one.pid())));
        new ProcessBuilder(command).start().waitFor(); // not 0 where one has ended
    }

    private void program(String name, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", USER, "--"));
        }
        command.addAll(List.of(programs.resolve(name).toString(), "--pgdata=" + folder.resolve("data")));
        command.addAll(List.of(more));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("mailchute-postgres", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(command + " failed: " + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() {
        try {
            if (Files.exists(folder.resolve("data").resolve("postmaster.pid"))) {
                stop();
            }
            place.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
