package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.ForHours;
import org.mailchute.testing.FreePort;

/**
 * The finished jar under a steady load for hours: 25 messages a second from two devices by SMTP, and 25 requests a second from an
 * application. On a machine that is too slow for that the givers slow down, and the rate that was reached is told.
 * {@code -Dmailchute.soak.minutes=120}; the samples stay in {@code soak.csv} beside the jar.
 */
@Tag("nightly")
@ForHours
class SoakIT {
    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("mailchute.soak.minutes", 120));
    private static final int A_SECOND = 50;
    private static final int DEVICES = 2;
    private static final int MOST_UNDER_WAY = 500;
    private static final long BETWEEN_SAMPLES = 10;

    /** Everything else is a warning, an error or a trace. */
    private static final Predicate<String> EXPECTED =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO  .*").asMatchPredicate();

    @TempDir
    Path root;

    private final Tally tally = new Tally((int) (TIME.toSeconds() + 60) * A_SECOND, MOST_UNDER_WAY);
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(DEVICES + 2);
    private final List<ScheduledFuture<?>> tasks = new ArrayList<>();
    private Workplace work;
    private RunningJar gateway;
    private Samples samples;
    private int listener;

    @BeforeEach
    void begin() throws Exception {
        work = new Workplace(root, Scenario.standard());
        tally.counts(work.microsoft365());
        listener = FreePort.number();
        String intakes = Workplace.listener(listener) + Application.intake(", rememberIds: 5m");
        Path settings = work.settings(work.folder("home"), intakes, Application.settings(root));
        gateway = RunningJar.carrying(root, "256m", settings).awaitUp();
        Path csv = Path.of(System.getProperty("mailchute.build", "target"), "soak.csv");
        samples = new Samples(gateway, work.folder("home"), tally, csv, Clock.systemUTC());
    }

    @AfterEach
    void end() throws Exception {
        threads.shutdownNow();
        gateway.close();
        work.close();
    }

    @Test
    @DisplayName(
            "P3, P8: under a steady load memory, handles, threads and disk stay as they are, and each message arrives once")
    void aSteadyLoadLeavesNothingBehind() throws Exception {
        load();
        Awaitility.await("all arrive").until(() -> tally.arrived() == tally.given());
        Awaitility.await("the spool is empty")
                .until(() -> FilesIn.folder(work.folder("home/messages")).isEmpty());
        System.out.println("soak: " + samples.told());

        assertThat(gateway.terminate()).as("SIGTERM").isEqualTo(143);
        assertThat(tally.notOnce()).as("arrived exactly once").isEmpty();
        try (Stream<String> log = Files.lines(gateway.log())) {
            assertThat(log.filter(EXPECTED.negate()).limit(10)).isEmpty();
        }
        assertThat(samples.flatness()).allMatch(Flatness::isFlat);
    }

    private void load() throws Exception {
        try (Application application = Application.of(gateway)) {
            tasks.add(threads.scheduleWithFixedDelay(
                    () -> run(samples::take), BETWEEN_SAMPLES, BETWEEN_SAMPLES, TimeUnit.SECONDS));
            each(micros(2), () -> publish(application));
            for (int number = 0; number < DEVICES; number++) {
                Copier copier = new Copier(listener);
                each(micros(2 * DEVICES), () -> copier.send(tally.subject()));
            }
            Awaitility.await("the time is over, or somebody has failed")
                    .forever()
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> samples.passed().compareTo(TIME) >= 0
                            || tasks.stream().anyMatch(ScheduledFuture::isDone));
            stop();
        }
    }

    /** How often one gives, of so many that keep the rate together. */
    private static long micros(int givers) {
        return TimeUnit.SECONDS.toMicros(1) * givers / A_SECOND;
    }

    private interface Task {
        void run() throws Exception;
    }

    /** From now on, until it is stopped or fails. */
    private void each(long micros, Task task) {
        tasks.add(threads.scheduleAtFixedRate(() -> run(task), micros, micros, TimeUnit.MICROSECONDS));
    }

    private static void run(Task task) {
        try {
            task.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Whoever is at work ends it; whoever has failed says why. */
    private void stop() throws Exception {
        for (ScheduledFuture<?> task : tasks) {
            if (task.isDone()) {
                task.get();
            }
            task.cancel(false);
        }
        threads.shutdown();
        Awaitility.await("all have ended").until(threads::isTerminated);
    }

    private void publish(Application application) {
        String subject = tally.subject();
        application.publish(
                List.of("{\"id\": \"%s\", \"to\": \"anna@contoso.example\", \"subject\": \"%s\", \"text\": \"%s\"}"
                        .formatted(subject, subject, "Your invoice. ".repeat(100))));
    }
}
