package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.limits.Uptime;
import org.mailchute.simulator.Busiest;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.steps.LaneSender;
import org.mailchute.testing.FastTime;
import org.mailchute.testing.LogLines;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What a mailbox may send, kept over real lanes. */
class PaceJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    private void publish(String... recipients) {
        town.publish(
                "{\"to\": [\"%s\"], \"subject\": \"S\", \"text\": \"T\"}".formatted(String.join("\", \"", recipients)));
    }

    /** A minute is a second here, and the route has no throttle. */
    @Test
    @DisplayName(
            "P6: no sliding minute has more messages than the mailbox may send, whatever the route, the lanes and a restart do")
    void noMinuteHasMoreThanItMay() throws Exception {
        FastTime time = new FastTime(60);
        town.withClockOfMicrosoft365(time)
                .withUptime(new Uptime(Optional.of("boot"), () -> time.gone().toMillis()))
                .withGatewayOptions("routes: \"%s\"".formatted(routesWithoutThrottle()))
                .withMailboxOptions("messagesPerMinute: 20")
                .withLaneOfTheMailbox("other", "messagesPerMinute: 30")
                .withRule("{domain: a.rows.example, lane: other}")
                .start();
        for (int number = 0; number < 35; number++) {
            publish("buyer%d@fabrikam.example".formatted(number));
            publish("buyer%d@a.rows.example".formatted(number));
        }
        town.awaitReceived(30);
        town.stop();
        town.start();
        town.awaitReceived(70);

        Busiest busiest = town.microsoft365().busiest(Duration.ofMinutes(1));
        assertThat(busiest.began())
                .as("the lowest figure of its lanes holds, at MAIL")
                .isLessThanOrEqualTo(20);
        assertThat(busiest.taken()).as("and at acceptance").isLessThanOrEqualTo(20);
        assertThat(town.received())
                .flatExtracting(Received::recipients)
                .as("each once")
                .hasSize(70)
                .doesNotHaveDuplicates();
        assertThat(town.events(Kind.DEFERRED)).as("waiting is no attempt").isEmpty();
    }

    private Path routesWithoutThrottle() throws IOException {
        String route = Files.readString(Path.of("routes/4-lane.camel.yaml"));
        String without = route.replaceFirst("(?s) +- throttle:.*?(?= +- bean:\\n +ref: compose)", "");
        assertThat(without).doesNotContain("throttle").contains("compose");
        Path routes = town.folder("routes");
        Files.writeString(routes.resolve("4-lane.camel.yaml"), without);
        return routes;
    }

    @Test
    @DisplayName("P6: the lanes of one mailbox share its three sessions")
    void theLanesOfOneMailboxShareItsSessions() throws Exception {
        town.withScenario(Scenario.standard().with("delayMillis", 20))
                .withMailboxOptions("messagesPerMinute: 0, sessions: 3")
                .withLaneOfTheMailbox("other", "messagesPerMinute: 0, sessions: 3, sessionMessages: 2")
                .withRule("{domain: a.rows.example, lane: other}")
                .start();
        for (int number = 0; number < 20; number++) {
            publish("buyer%d@fabrikam.example".formatted(number));
            publish("buyer%d@a.rows.example".formatted(number));
        }
        town.awaitReceived(40);
        assertThat(town.events(Kind.DEFERRED)).as("432 4.3.2 to a fourth").isEmpty();
    }

    @Test
    @DisplayName("P6: the lanes of one mailbox share its day, also after a restart")
    void theLanesOfOneMailboxShareItsDay() throws Exception {
        town.withMailboxOptions("messagesPerMinute: 0, recipientsPerDay: 3")
                .withLaneOfTheMailbox("other", "messagesPerMinute: 0")
                .withRule("{domain: a.rows.example, lane: other}")
                .start();
        publish("one@fabrikam.example", "two@fabrikam.example");
        town.awaitReceived(1);
        publish("three@a.rows.example");
        town.awaitReceived(2);
        town.stop();
        town.start();
        publish("four@a.rows.example");
        publish("five@fabrikam.example");
        await("both wait")
                .until(() ->
                        town.gateway().waiting("other") == 1 && town.gateway().waiting("mailbox") == 1);
        assertThat(town.received()).hasSize(2);
    }

    @Test
    @DisplayName("P6: a spent hour makes messages wait, and another lane takes over where the rule names one")
    void aSpentHourIsWaitedOutOrPassedOn() throws Exception {
        town.withMailboxOptions("messagesPerMinute: 0, messagesPerHour: 2")
                .withRule("{domain: fabrikam.example, lane: [mailbox, connector]}")
                .start();
        for (int number = 0; number < 3; number++) {
            publish("buyer%d@fabrikam.example".formatted(number));
        }
        assertThat(town.awaitReceived(3))
                .extracting(Received::option)
                .containsExactlyInAnyOrder("submission", "submission", "relay");
        publish("reader@b.rows.example");
        await("it waits").until(() -> town.gateway().waiting("mailbox") == 1);
        assertThat(town.received()).hasSize(3);
    }

    @Test
    @DisplayName("P6: what was enqueued for more recipients than a lane takes now leaves in several messages")
    void moreRecipientsThanTheLaneTakesNowLeaveInSeveralMessages() throws Exception {
        town.withMailboxOptions("messagesPerMinute: 0").withSecret("wrong").start();
        publish("a@fabrikam.example", "b@fabrikam.example", "c@fabrikam.example");
        town.awaitEvent(Kind.LANE_HELD);
        town.stop();
        town.withMailboxOptions("messagesPerMinute: 0, recipientsPerMessage: 2")
                .withSecret("demo-client-secret")
                .start();
        town.command("lanes", "release", "mailbox");
        assertThat(town.awaitReceived(2))
                .extracting(mail -> mail.recipients().size())
                .containsExactlyInAnyOrder(2, 1);
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(2);
    }

    @Test
    @DisplayName("P6: a complaint about the rate makes the lane slower, and nothing is lost")
    void aComplaintAboutTheRateEasesTheLane() throws Exception {
        town.withScenario(Scenario.standard()
                        .withRule(
                                "scanner",
                                Scenario.At.MAIL,
                                1,
                                "421 4.4.2 Message submission rate for this client has exceeded the configured limit"))
                .withMailboxOptions("messagesPerMinute: 600")
                .start();
        publish("buyer@fabrikam.example");
        town.awaitReceived(1);
        town.awaitEvent(Kind.DEFERRED);
        assertThat(town.command("lanes").out()).contains("slowed: 2 of 2 sessions, 2 of 5 messages at a time");
        assertThat(List.copyOf(town.events(Kind.DEFERRED))).hasSize(1);
    }

    @Test
    @DisplayName("P6: what cannot be noted is not sent, and that is said once")
    void whatCannotBeNotedIsNotSent() throws Exception {
        town.withMailboxOptions("messagesPerMinute: 60").start();
        try (LogLines log = LogLines.of(LaneSender.class.getName())) {
            town.gateway().lane("mailbox").allowance().minute().close();
            publish("one@fabrikam.example");
            publish("two@fabrikam.example");
            await("it is said").until(() -> !log.lines().isEmpty());
            await("both wait").until(() -> town.gateway().waiting("mailbox") == 2);
            assertThat(log.lines())
                    .hasSize(1)
                    .first(InstanceOfAssertFactories.STRING)
                    .startsWith("WARN lane mailbox: what is sent cannot be noted, so nothing is: ");
        }
        assertThat(town.received()).isEmpty();
        assertThat(town.events(Kind.DEFERRED)).isEmpty();
    }
}
