package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Ends between the final dot and the commit: what was heard is not asked again, and what was not waits (promise P3). */
class HeardJourneyTest {
    @RegisterExtension
    final Town town = new Town().withoutConnector();

    /** With a copy of the first one's home, and a Microsoft 365 of its own. */
    @RegisterExtension
    final Town restarted = new Town().withoutConnector();

    private static String letter(String... to) {
        return "{\"to\": [\"%s\"], \"subject\": \"S\", \"text\": \"T\"}".formatted(String.join("\", \"", to));
    }

    private Town between(Runnable once) throws Exception {
        Path routes = Uncommitted.routes(town.folder("routes"), once);
        return town.withGatewayOptions("routes: \"" + routes + "\"");
    }

    private void dies() {
        try {
            Uncommitted.copy(town.home(), restarted.home());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("P3: a commit that fails after the 250 was read repeats nothing")
    void aFailedCommitAfterTheReplyRepeatsNothing() throws Exception {
        between(() -> {
                    throw new IllegalStateException("the test lets the broker's transaction fail");
                })
                .start();

        town.publish(letter("anna@contoso.example", "ben@contoso.example"));

        DeliveryEvent accepted = town.awaitEvent(Kind.ACCEPTED);
        assertThat(accepted.recipients()).containsExactly("anna@contoso.example", "ben@contoso.example");
        assertThat(accepted.reply()).startsWith("250 2.6.0 <");
        assertThat(accepted.attempt()).isEqualTo(1);
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(1);
    }

    @Test
    @DisplayName("P3: after kill -9, what was heard is the outcome, of each recipient; nobody is asked again")
    void whatWasHeardBeforeAKillIsTheOutcome() throws Exception {
        CountDownLatch killed = new CountDownLatch(1);
        between(() -> {
                    dies();
                    killed.countDown();
                })
                .start();

        town.publish(letter("anna@contoso.example", "leaver@contoso.example", "ben@contoso.example"));
        await("killed").until(() -> killed.getCount() == 0);
        restarted.start();

        DeliveryEvent accepted = restarted.awaitEvent(Kind.ACCEPTED);
        assertThat(accepted.recipients()).containsExactly("anna@contoso.example", "ben@contoso.example");
        assertThat(accepted.reply()).startsWith("250 2.6.0 <");
        assertThat(accepted.reason()).startsWith("heard before the gateway ended");
        DeliveryEvent dead = restarted.awaitEvent(Kind.DEAD);
        assertThat(dead.recipients()).containsExactly("leaver@contoso.example");
        assertThat(dead.reply()).startsWith("550 5.1.10 ");
        assertThat(restarted.microsoft365().sessions()).isZero();
    }

    @Test
    @DisplayName("P3: what was heard is the outcome also where the lane is held now")
    void whatWasHeardNeedsNoOpenLane() throws Exception {
        CountDownLatch killed = new CountDownLatch(1);
        between(() -> {
                    hold("direct");
                    dies();
                    killed.countDown();
                })
                .start();

        town.publish(letter("anna@contoso.example"));
        await("killed").until(() -> killed.getCount() == 0);
        restarted.start();

        restarted.awaitEvent(Kind.ACCEPTED);
        restarted.awaitEmptySpool();
        assertThat(restarted.events(Kind.LANE_OPEN)).isEmpty();
        assertThat(restarted.command("lanes").out()).contains("held by ");
    }

    private void hold(String lane) {
        try {
            assertThat(town.command("lanes", "hold", lane).exitCode()).isZero();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("P3: after kill -9, a delivery whose dot had left and whose reply was not read waits as after a lost"
            + " connection, and is then repeated once")
    void whatWasNotHeardBeforeAKillIsUncertain() throws Exception {
        Instant dot = Instant.now();
        CountDownLatch killed = new CountDownLatch(1);
        town.withClock(Clock.fixed(dot, ZoneOffset.UTC));
        MovableClock clock = new MovableClock(dot.plusMillis(300));
        restarted.withClock(clock);
        town.microsoft365().onReceived(mail -> {
            if (killed.getCount() > 0) {
                dies();
                killed.countDown();
            }
        });
        town.start();

        town.publish(letter("anna@contoso.example"));
        await("killed").until(() -> killed.getCount() == 0);
        restarted.start();

        DeliveryEvent deferred = restarted.awaitEvent(Kind.DEFERRED);
        assertThat(deferred.reply())
                .isEqualTo("no reply: the gateway ended before it had read the reply to the final dot");
        assertThat(deferred.reason()).contains("the server may have it");
        assertThat(deferred.next()).contains(dot.plus(Duration.ofSeconds(2)));
        clock.set(dot.plus(Duration.ofSeconds(5)));
        assertThat(text(restarted.awaitReceived(1).get(0)))
                .isEqualTo(text(town.received().get(0)));
        restarted.awaitEmptySpool();
        assertThat(restarted.awaitEvent(Kind.ACCEPTED).attempt()).isEqualTo(2);
    }

    @Test
    void nothingStaysNotedOfADeliveryWhoseOutcomeIsCommitted() throws Exception {
        town.withScenario(
                Scenario.standard().withRule("anna", At.END_OF_DATA, 1, "452 4.3.1 Insufficient system storage"));
        town.start();
        town.publish(letter("anna@contoso.example"));
        town.awaitEvent(Kind.ACCEPTED);
        town.awaitEmptySpool();
        Path notes = town.home().resolve("lanes").resolve("direct.heard");
        assertThat(Files.readAllLines(notes)).as("two attempts").hasSize(6);

        town.stop();
        town.start();

        assertThat(notes).isEmptyFile();
    }

    @Test
    @DisplayName("P3: a clock that is set forward while the reply is awaited makes nothing uncertain")
    void aStepOfTheClockMakesNothingUncertain() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        town.withClock(clock);
        town.microsoft365().onReceived(mail -> clock.move(Duration.ofDays(1)));
        town.start();

        town.publish(letter("anna@contoso.example"));

        town.awaitEvent(Kind.ACCEPTED);
        assertThat(town.events(Kind.DEFERRED)).isEmpty();
        assertThat(town.received()).hasSize(1);
    }
}
