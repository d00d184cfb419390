package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;

/** Very many deliveries that wait for a later time, in a heap of 64 MB, through kill -9; DeferralsCrashTest looks at each step. */
@Tag("nightly")
class DeferredIT {
    /** Each of them is a delivery of its own: the lane takes one recipient a message. */
    private static final int RECIPIENTS = 500;

    private static final Pattern DUE = Pattern.compile("due-(\\d+)-.*");
    private static final String FRESH = "anna@contoso.example";
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path root;

    private int requests;

    @Test
    @DisplayName(
            "P1, P8: 2,000 deliveries that wait outlive kill -9, fresh mail passes them, and each leaves once in its time")
    void thousandsThatWaitOutliveAKillAndFreshMailPassesThem() throws Exception {
        int soon = 100;
        int later = 1_900;
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            try (RunningJar gateway = start(work)) {
                publish(gateway, second(45), soon);
                publish(gateway, second(3_600), later);
                Awaitility.await("all wait").until(() -> waiting(gateway) == soon + later);
                gateway.kill();
            }
            try (RunningJar gateway = start(work)) {
                work.drop("fresh.bin", new byte[] {1, 2, 3});
                Awaitility.await("the fresh scan leaves")
                        .until(() -> !fresh(work).isEmpty());

                Awaitility.await("those that are due").until(() -> late(work).size() == soon);
                assertNoneWasLostRepeatedOrEarly(work, gateway, later);
            }
        }
    }

    @Test
    @DisplayName(
            "P1, P4, P8: of 200,000 that wait each leaves within 5 s of its time, and fresh mail at once, through kill -9")
    void twoHundredThousandWaitAndEachLeavesInTime() throws Exception {
        int later = 195_000;
        int seconds = 125;
        int aSecond = 40;
        Duration bound = Duration.ofSeconds(5);
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            try (RunningJar gateway =
                    RunningJar.carrying(root, "64m", settings(work)).awaitUp()) {
                for (int part = 15_000; part <= later; part += 15_000) {
                    int so = part;
                    publish(gateway, second(14_400 + part), 15_000);
                    Awaitility.await(part + " wait").until(() -> waiting(gateway) == so);
                }
                Instant first = second(240);
                for (int number = 0; number < seconds; number++) {
                    publish(gateway, first.plusSeconds(number), aSecond);
                }
                Awaitility.await("all wait").until(() -> waiting(gateway) == later + seconds * aSecond);
                gateway.kill();
            }
            try (RunningJar gateway =
                    RunningJar.carrying(root, "64m", settings(work)).awaitUp()) {
                for (int scan = 1; late(work).size() < seconds * aSecond; scan++) {
                    int number = scan;
                    Instant dropped = CLOCK.instant();
                    work.drop("fresh-" + number + ".bin", new byte[] {1, 2, (byte) number});
                    Awaitility.await("fresh mail").until(() -> fresh(work).size() == number);
                    assertThat(fresh(work).get(number - 1).at()).isBefore(dropped.plus(bound));
                }
                assertThat(late(work))
                        .allSatisfy(
                                mail -> assertThat(mail.at()).isBefore(due(mail).plus(bound)));
                assertNoneWasLostRepeatedOrEarly(work, gateway, later);
            }
        }
    }

    private static void assertNoneWasLostRepeatedOrEarly(Workplace work, RunningJar gateway, int waiting)
            throws Exception {
        List<Received> late = late(work);
        assertThat(late).allSatisfy(mail -> assertThat(mail.at()).isAfterOrEqualTo(due(mail)));
        assertThat(late.stream().flatMap(mail -> mail.recipients().stream()))
                .as("each once")
                .doesNotHaveDuplicates();
        Awaitility.await("the others wait").until(() -> waiting(gateway) == waiting);
        assertThat(gateway.output()).doesNotContain("OutOfMemory");
    }

    private static Instant second(int fromNow) {
        return CLOCK.instant().plusSeconds(fromNow).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant due(Received mail) {
        Matcher address = DUE.matcher(mail.recipients().get(0));
        assertThat(address.matches()).isTrue();
        return Instant.ofEpochSecond(Long.parseLong(address.group(1)));
    }

    private static List<Received> late(Workplace work) {
        return work.received().stream()
                .filter(mail -> !mail.recipients().contains(FRESH))
                .toList();
    }

    private static List<Received> fresh(Workplace work) {
        return work.received().stream()
                .filter(mail -> mail.recipients().contains(FRESH))
                .toList();
    }

    private void publish(RunningJar gateway, Instant due, int deliveries) throws Exception {
        try (Application application = Application.of(gateway)) {
            for (int part = 0; part < deliveries; part += RECIPIENTS) {
                application.publish(List.of(request(due, ++requests, Math.min(RECIPIENTS, deliveries - part))));
            }
        }
    }

    private static String request(Instant due, int request, int recipients) {
        String to = IntStream.range(0, recipients)
                .mapToObj("\"due-%d-%d-%%d@contoso.example\"".formatted(due.getEpochSecond(), request)::formatted)
                .collect(Collectors.joining(", "));
        return "{\"to\": [%s], \"subject\": \"later\", \"text\": \"T\", \"notBefore\": \"%s\"}".formatted(to, due);
    }

    private static long waiting(RunningJar gateway) throws Exception {
        return Metrics.of(gateway).waiting();
    }

    private RunningJar start(Workplace work) throws Exception {
        return RunningJar.gateway(root, "64m", settings(work)).awaitUp();
    }

    private Path settings(Workplace work) throws Exception {
        return work.settings(
                work.folder("home"), ", recipientsPerMessage: 1", Application.intake(""), Application.settings(root));
    }
}
