package org.mailchute.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.mailchute.it.RunningArtemis;
import org.mailchute.it.RunningJar;
import org.mailchute.simulator.Busiest;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.RealPostgres;

/** Two gateways with one home, by turns: what works is killed, stands still or is ended, and the other takes over. */
final class Relay implements AutoCloseable {
    private static final int PER_MINUTE = 30;

    private final RealPostgres database;
    private final RunningArtemis broker;
    private final Premises premises;
    private final Trial trial;
    private int place;
    private RunningJar works;
    private RunningJar waits;

    Relay(Path root, Inputs inputs, int troubles) throws Exception {
        database = RealPostgres.start();
        int port = FreePort.number();
        broker = RunningArtemis.start(Files.createDirectories(root.resolve("artemis")), port);
        premises = new Premises(root, troubles, surroundings(root, port, database.url()));
        trial = new Trial(premises, inputs);
        works = trial.start(0).awaitUp();
        waits = trial.start(1);
    }

    private static Surroundings surroundings(Path root, int port, String database) throws IOException {
        Path password = Files.writeString(root.resolve("password"), "gateway-secret");
        String url = "tcp://127.0.0.1:" + port;
        return new Surroundings(
                """
                broker: {url: "%s?connectionTTL=4000&clientFailureCheckPeriod=1000", user: gateway, password: "${file:%s}"}
                cluster: {lease: 4s, database: {url: "%s", user: mailchute}}
                """.formatted(url, password, database), url, RunningArtemis.PASSWORD, PER_MINUTE, false);
    }

    Trial trial() {
        return trial;
    }

    /** The time to do something to the one that works: this is so, or it has no more to send. */
    void awaits(BooleanSupplier point) {
        BooleanSupplier idle = trial.idle(works);
        Awaitility.await("the time to end what works").until(() -> point.getAsBoolean() || idle.getAsBoolean());
    }

    /** kill -9. */
    void kills() throws Exception {
        RunningJar last = works;
        trial.kill(last);
        takesOver();
    }

    /** It stands still until the other works, goes on, and ends by itself. */
    void stops() throws Exception {
        RunningJar last = works;
        trial.stopsAndGoesOn(last, waits::isUp);
        if (last.exitCode() != 1) {
            throw new AssertionError(last.output());
        }
        takesOver();
    }

    /** In good order, as for a new version. */
    void ends() throws Exception {
        RunningJar last = works;
        if (last.terminate() != 143) {
            throw new AssertionError(last.output());
        }
        takesOver();
    }

    private void takesOver() throws Exception {
        int before = place;
        place = 1 - place;
        works = waits.awaitUp();
        premises.movesTo(place);
        waits = trial.start(before);
    }

    /** All that is given comes to its end with the one that works. @return what that printed */
    String finish() throws Exception {
        waits.kill();
        return trial.finish(works);
    }

    /** What Microsoft's limits are for. @return the most sessions at a time, and messages begun and taken in a minute */
    String most() {
        return "%d sessions, %s a minute".formatted(sessions(), minute());
    }

    int sessions() {
        return premises.microsoft365().mostSubmissionSessions();
    }

    Busiest minute() {
        return premises.microsoft365().busiest(Duration.ofMinutes(1));
    }

    @Override
    public void close() throws Exception {
        try (database;
                broker;
                trial) {
            // in the opposite order
        }
    }
}
