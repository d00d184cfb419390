package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.ForHours;

/**
 * Very many messages that wait for a held lane in a heap of 64 MB, through kill -9. Judged is what the process spends of the
 * processor, not how long it takes; a machine that others use as well shows more of both. {@code -Dmailchute.load.messages=100000}.
 */
@Tag("nightly")
@ForHours
class LoadIT {
    private static final int MESSAGES = Integer.getInteger("mailchute.load.messages", 100_000);
    private static final int TENTH = MESSAGES / 10;

    /** Before either is measured: what a program does first costs more, however little waits. */
    private static final int WARM_UP = Math.max(500, MESSAGES / 20);

    private static final int A_TRANSACTION = 50;
    private static final double START_SECONDS = 15;

    @TempDir
    Path root;

    private final Tally tally = new Tally(MESSAGES + 2 * WARM_UP, Integer.MAX_VALUE);
    private Workplace work;
    private Path settings;

    @BeforeEach
    void begin() throws Exception {
        work = new Workplace(root, Scenario.standard());
        tally.counts(work.microsoft365());
        settings = work.settings(work.folder("home"), "", Application.intake(""), Application.settings(root));
    }

    @AfterEach
    void end() throws Exception {
        work.close();
    }

    @Test
    @DisplayName("P1, P3, P8: 100,000 that wait are kept through kill -9, and none costs more than the first did")
    void whatWaitsCostsTheNextNothing() throws Exception {
        double empty;
        CostPerMessage accepting;
        try (RunningJar gateway = start()) {
            empty = cpu(gateway);
            accepting = accept(gateway);
            gateway.kill();
        }
        try (RunningJar gateway = start()) {
            double full = cpu(gateway);
            System.out.printf("load: %.1f s of processor to start with nothing, %.1f with all%n", empty, full);
            assertThat(Metrics.of(gateway).waiting()).isEqualTo(WARM_UP + MESSAGES);
            CostPerMessage sending = send(gateway);
            assertThat(tally.notOnce()).as("arrived exactly once").isEmpty();
            assertThat(gateway.output()).doesNotContain("OutOfMemory");
            assertThat(full).as("seconds of processor to start").isLessThan(START_SECONDS);
            assertThat(List.of(accepting.flatness("accepting"), sending.flatness("sending")))
                    .allMatch(Flatness::isFlat);
        }
    }

    /** The second compiler would work on for minutes, and hide what is looked for. */
    private RunningJar start() throws Exception {
        return RunningJar.gateway(root, "64m", settings).awaitUp();
    }

    private static double cpu(RunningJar gateway) throws Exception {
        return ProcessFigures.of(gateway.pid()).cpuSeconds();
    }

    /** Some go through, and the others wait. */
    private CostPerMessage accept(RunningJar gateway) throws Exception {
        try (Application application = Application.of(gateway)) {
            Metrics metrics = Metrics.of(gateway);
            publish(application, WARM_UP);
            await("sent", gateway).until(() -> tally.arrived() == WARM_UP);
            command("hold");
            publish(application, WARM_UP);
            await("waits", gateway).until(() -> metrics.waiting() == WARM_UP);
            CostPerMessage cost = new CostPerMessage(gateway.pid(), WARM_UP);
            for (int part = 1; part <= 10; part++) {
                int count = WARM_UP + part * TENTH;
                publish(application, TENTH);
                await("waits", gateway).until(() -> metrics.waiting() == count);
                cost.part(count);
                progress(count + " wait", cost);
            }
            System.out.println("load: accepting " + cost);
            return cost;
        }
    }

    private CostPerMessage send(RunningJar gateway) throws Exception {
        command("release");
        await("sent", gateway).until(() -> tally.arrived() >= 2 * WARM_UP);
        CostPerMessage cost = new CostPerMessage(gateway.pid(), tally.arrived());
        for (int part = 1; part <= 10; part++) {
            int count = 2 * WARM_UP + part * TENTH;
            await("sent", gateway).until(() -> tally.arrived() >= count);
            cost.part(tally.arrived());
            progress(tally.arrived() + " sent", cost);
        }
        System.out.println("load: sending " + cost);
        return cost;
    }

    private static void progress(String reached, CostPerMessage cost) {
        System.out.printf("load: %tT %s, so far %s%n", LocalTime.now(), reached, cost);
    }

    /** As long as it takes: nobody knows the machine. But no longer than the gateway lives. */
    private static ConditionFactory await(String what, RunningJar gateway) {
        return Awaitility.await(what)
                .forever()
                .pollInterval(Duration.ofMillis(500))
                .failFast(gateway::mustLive);
    }

    private void command(String verb) throws Exception {
        try (RunningJar command = RunningJar.start(
                root, List.of("-XX:TieredStopAtLevel=1"), "lanes", verb, "direct", "--config", settings.toString())) {
            assertThat(command.exitCode()).as("lanes " + verb).isZero();
        }
    }

    private void publish(Application application, int count) {
        for (int sent = 0; sent < count; sent += A_TRANSACTION) {
            application.publish(IntStream.range(0, Math.min(A_TRANSACTION, count - sent))
                    .mapToObj(number -> request())
                    .toList());
        }
    }

    private String request() {
        String subject = tally.subject();
        return "{\"id\": \"%s\", \"to\": \"anna@contoso.example\", \"subject\": \"%s\", \"text\": \"%s\"}"
                .formatted(subject, subject, "Your invoice. ".repeat(50));
    }
}
