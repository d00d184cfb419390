package org.mailchute.rehearsal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailchute.gateway.Gateway;
import org.mailchute.gateway.HomeLock;
import org.mailchute.gateway.OwnerOnly;
import org.mailchute.gateway.Surroundings;
import org.mailchute.intake.Shown;
import org.mailchute.settings.Settings;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;

/**
 * {@code run --rehearse}: the gateway of real settings, with a simulated Microsoft 365 in place of the real one. All it writes
 * lies in {@code HOME/rehearsal}, and all of it but the mail received goes when it ends well; budgets, lane states, queues and watched folders of the real gateway are not touched, and
 * none of its secrets is used.
 */
public final class RehearsedTenant implements AutoCloseable {
    private final Settings real;
    private final Path home;
    private final Path mail;
    private final PrintWriter out;
    private final ExchangeOnline microsoft365;
    private final Settings rehearsed;
    private @Nullable Gateway gateway;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private RehearsedTenant(Settings real, PrintWriter out) throws Exception {
        this.real = real;
        this.out = out;
        Path place = Files.createDirectories(real.home().resolve("rehearsal"));
        this.home = place.resolve("home");
        this.mail = place.resolve("received");
        OwnerOnly.close(place);
        parts.push(HomeLock.take(place));
        remove(home);
        remove(mail);
        Scenario scenario = new RehearsalScenario(real).scenario();
        DemoAuthority authority = DemoAuthority.create(
                Files.createDirectories(home.resolve("certificates")),
                scenario.connector().domain());
        this.microsoft365 = ExchangeOnline.start(scenario, authority, Files.createDirectories(mail));
        parts.push(microsoft365);
        this.rehearsed = new RehearsedSettings(real, home, microsoft365, scenario.app()).settings();
    }

    public static RehearsedTenant open(Settings real, PrintWriter out) throws Exception {
        RehearsedTenant tenant = new RehearsedTenant(real, out);
        try {
            tenant.start();
            return tenant;
        } catch (Exception e) {
            tenant.close();
            throw e;
        }
    }

    private void start() throws Exception {
        out.println("REHEARSAL: nothing goes to Microsoft 365, and no secret of the settings is used.");
        out.println("What lies in the watched and pickup folders is copied and stays where it is.");
        RehearsedDoors.found(rehearsed)
                .forEach(line -> out.println(
                        "Open to this machine alone, password " + RehearsalScenario.PASSWORD + ": " + line));
        leftOut().forEach(line -> out.println("Not rehearsed: " + line));
        out.println("What the simulated Microsoft 365 received lies in " + mail);
        out.flush();
        microsoft365.onReceived(this::print);
        Gateway started = Gateway.start(() -> rehearsed, Surroundings.real(), List.of(), lost -> {});
        parts.push(started);
        gateway = started;
    }

    /** What cannot be copied, but would be taken away. */
    private List<String> leftOut() {
        List<String> lines = new ArrayList<>();
        real.ftp().forEach(ftp -> lines.add("ftp intake " + ftp.name() + ": its server is not asked"));
        if (real.broker().accept().isEmpty()) {
            real.jms().forEach(jms -> lines.add("jms intake " + jms.name() + ": the real broker is not asked"));
        }
        real.watched()
                .filter(folder -> !Files.isDirectory(folder))
                .forEach(folder -> lines.add(folder + " is not there"));
        return lines;
    }

    private void print(Received mail) {
        out.printf("%s from %s for %s, %s%n", mail.option(), mail.mailFrom(), mail.recipients(), mail.file());
        out.flush();
    }

    /** Completed when its gateway cannot go on. */
    public CompletableFuture<String> fault() {
        return Objects.requireNonNull(gateway).fault();
    }

    /** What the gateway runs by. */
    Settings settings() {
        return rehearsed;
    }

    public List<Received> received() {
        return microsoft365.received();
    }

    /** Of this rehearsal, or of one before that did not end well. */
    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public void close() throws Exception {
        boolean well = gateway != null && !fault().isDone();
        while (parts.size() > 1) {
            parts.pop().close();
        }
        if (well) {
            remove(home);
        }
        parts.pop().close();
        out.printf(
                "Rehearsal over: %s received, see %s, which the next rehearsal empties%n",
                Shown.count(received().size(), "message"), mail);
        if (!well) {
            out.println("It did not end well: what its gateway wrote lies in " + home + " until then.");
        }
        out.flush();
    }
}
