package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.RealPostgres;

/** What gateways of one home meet: who stands still at a bad moment, a database, a broker or a home that goes away. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts bin/artemis, and stops processes by SIGSTOP")
@Tag("nightly")
class ClusterFaultsIT extends ClusterTrial {
    private static final int MICROSOFTS_SESSIONS = 3;
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private interface Story {
        void happens(Workplace work, Path settings, RealPostgres database, RunningArtemis broker) throws Exception;
    }

    private void story(Workplace work, String lease, boolean submits, Story story) throws Exception {
        int port = FreePort.number();
        try (work;
                RealPostgres database = RealPostgres.start();
                RunningArtemis broker = RunningArtemis.start(work.folder("artemis"), port)) {
            Path home = work.folder("home");
            Path settings = submits ? work.submitting(home, "") : work.settings(home);
            String url = "tcp://127.0.0.1:%d?%s".formatted(port, SOON);
            Files.writeString(settings, Files.readString(settings) + sections(url, database, lease));
            story.happens(work, settings, database, broker);
        }
    }

    private Workplace slow() throws Exception {
        return new Workplace(root, Workplace.withItsMailbox(Scenario.standard().with("delayMillis", 50)));
    }

    @Test
    @DisplayName("P6: who takes over from one that stands still leaves to that the sessions that it may have open")
    void theSessionsOfOneThatStandsStillCount() throws Exception {
        Workplace work = slow();
        story(work, "4s", true, (same, settings, database, broker) -> {
            try (RunningJar first = start(settings).awaitUp();
                    RunningJar second = standby(settings)) {
                flow(work, "scan", 12, 3);
                first.signal("STOP");
                second.awaitUp();
                awaitAll(work, 12);
                first.signal("CONT");
                assertThat(first.exitCode()).as(first.output()).isOne();
                assertThat(work.microsoft365().mostSubmissionSessions()).isLessThanOrEqualTo(MICROSOFTS_SESSIONS);
                assertThat(surplus(work)).isLessThanOrEqualTo(perhapsTwice());
            }
        });
    }

    @Test
    void whoStoodStillInItsStartEndsAtOnceWhenItGoesOn() throws Exception {
        Workplace work = slow();
        story(work, "4s", false, (same, settings, database, broker) -> {
            try (RunningJar first = start(settings).awaitUp();
                    RunningJar second = standby(settings)) {
                first.kill();
                Awaitility.await("it begins").until(() -> second.output().contains("this gateway takes over"));
                second.signal("STOP");
                assertThat(second.isUp()).isFalse();
                try (RunningJar third = start(settings).awaitUp()) {
                    second.signal("CONT");
                    assertThat(second.exitCode()).as(second.output()).isOne();
                    assertThat(second.output())
                            .contains("taken over: mailchute ends at once")
                            .doesNotContain(" is up:");
                    drop(work, "scan", 3);
                    awaitAll(work, 3);
                    assertThat(third.terminate()).isEqualTo(143);
                }
            }
        });
    }

    @Test
    void aDatabaseThatIsAwayForAMomentIsAPauseAndOneThatIsAwayLongerEndsWhoWorks() throws Exception {
        Workplace work = slow();
        story(work, "6s", false, (same, settings, database, broker) -> {
            try (RunningJar first = start(settings).awaitUp();
                    RunningJar second = standby(settings)) {
                flow(work, "restarted", 12, 2);
                database.stop();
                database.open();
                awaitAll(work, 12);
                assertThat(first.isAlive()).isTrue();
                flow(work, "silent", 12, 2);
                database.signal("STOP");
                assertThat(first.exitCode()).as(first.output()).isOne();
                assertThat(first.output())
                        .contains("the cluster's database has not answered for 4 s", "asked again for");
                database.signal("CONT");
                second.awaitUp();
                awaitAll(work, 24);
                assertThat(second.terminate()).isEqualTo(143);
            }
            assertThat(surplus(work)).as("nobody could know").isLessThanOrEqualTo(perhapsTwice());
        });
    }

    @Test
    void aBrokerThatStandsStillIsWaitedFor() throws Exception {
        Workplace work = slow();
        story(work, "4s", false, (same, settings, database, broker) -> {
            try (RunningJar gateway = start(settings).awaitUp();
                    RunningJar second = standby(settings)) {
                flow(work, "silent", 12, 2);
                broker.signal("STOP");
                Awaitility.await("it is seen")
                        .until(() -> !Workplace.ready(work.folder("home")).startsWith("200 "));
                broker.signal("CONT");
                awaitAll(work, 12);
                assertThat(second.isUp()).isFalse();
                assertThat(gateway.terminate()).isEqualTo(143);
                second.awaitUp();
            }
            assertThat(surplus(work)).as("nobody could know").isLessThanOrEqualTo(perhapsTwice());
        });
    }

    @Test
    void aHomeThatGoesAwayIsWaitedFor() throws Exception {
        Workplace work = slow();
        story(work, "4s", false, (same, settings, database, broker) -> {
            Path home = work.folder("home");
            Path away = home.resolveSibling("away");
            try (RunningJar gateway = start(settings).awaitUp()) {
                flow(work, "home", 12, 2);
                Files.move(home, away, StandardCopyOption.ATOMIC_MOVE);
                drop(work, "later", 3);
                Awaitility.await("it is told").until(() -> gateway.output().contains("cannot be read and written ("));
                Awaitility.await("the later wait")
                        .during(WINDOW)
                        .until(() -> names(work).stream().noneMatch(name -> name.startsWith("later")));
                Files.move(away, home, StandardCopyOption.ATOMIC_MOVE);
                awaitAll(work, 15);
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            assertThat(surplus(work)).as("nobody could know").isLessThanOrEqualTo(perhapsTwice());
        });
    }
}
