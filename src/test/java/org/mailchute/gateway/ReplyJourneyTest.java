package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.letter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Rule;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What no row of the table says: own rows, unknown replies, refusals that last, and connections that break. */
class ReplyJourneyTest {
    /** Of the direct lane. */
    private static final Duration UNCERTAIN_WAIT = Duration.ofSeconds(2);

    @RegisterExtension
    final Town town = new Town().withoutConnector();

    @Test
    void anAdministratorsOwnRowIsCarriedOutInPlaceOfOurs() throws Exception {
        Path own = Files.writeString(town.root().resolve("own.yaml"), """
                - code: 550
                  enhanced: [5.1.1, 5.1.10]
                  scope: session
                  verdict: hold
                  cause: Our directory is being moved.
                  remedy: Wait for Monday.
                  example: "550 5.1.10 not found"
                """);
        town.withGatewayOptions("replies: \"" + own + "\"").start();

        town.publish(letter("leaver@contoso.example"));

        DeliveryEvent held = town.awaitEvent(Kind.LANE_HELD);
        assertThat(held.reason()).isEqualTo("Our directory is being moved.");
        assertThat(held.remedy()).isEqualTo("Wait for Monday.");
        assertThat(town.events(Kind.DEAD)).isEmpty();
    }

    @Test
    void whatIsWrongInOwnRowsIsToldByCheckWithFileLineKeyAndWhatIsExpected() throws Exception {
        Path own = Files.writeString(
                town.root().resolve("own.yaml"), "- code: 550\n  scope: recipient\n  verdict: ignore\n");
        town.withGatewayOptions("replies: \"" + own + "\"");

        Town.Ran check = town.command("check");

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err())
                .contains(
                        own
                                + ":3: verdict: found \"ignore\", expected one of accept, retry, pause, hold, uncertain, reject");
        town.withGatewayOptions("replies: missing.yaml");
        assertThat(town.command("check").err())
                .contains("gateway.replies: found")
                .contains("missing.yaml\", which cannot be read, expected a file of rows");
    }

    @Test
    void anUnknownReplyFollowsItsFirstDigitIsCountedAndToldOnceWithAddressesMasked() throws Exception {
        String said = "459 4.9.9 never seen of contoso, ask postmaster@fabrikam.example";
        try (LogLines log = LogLines.of("mail")) {
            town.withScenario(Scenario.standard().withRule("*", At.RCPT, 2, said))
                    .withoutWaits()
                    .start();

            town.publish(letter("anna@contoso.example", "ben@contoso.example"));

            DeliveryEvent unknown = town.awaitEvent(Kind.REPLY_UNKNOWN);
            assertThat(unknown.reply()).isEqualTo("459 4.9.9 never seen of contoso, ask ***@fabrikam.example");
            assertThat(unknown.reason()).contains("(rcpt)");
            assertThat(unknown.remedy()).contains("gateway.replies");
            town.awaitReceived(1);
            assertThat(town.events(Kind.REPLY_UNKNOWN)).hasSize(1);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("reply-unknown"))
                    .hasSize(1);
        }
        await("counted").until(() -> town.metrics().contains("mailchute_replies_unknown_total{"));
    }

    @ParameterizedTest
    @CsvSource({
        "451 4.7.500 Server busy. Access denied please try again later from [203.0.113.7], PT15M",
        "451 4.7.850 Access denied please try again later, PT15M",
        "550 5.2.121 Recipient's per hour message receive limit from specific sender exceeded, PT1H"
    })
    void aReplyThatNamesItsWaitIsNotAskedAgainSooner(String said, Duration wait) throws Exception {
        town.withScenario(Scenario.standard().withRule("anna", At.RCPT, 1, said))
                .withSchedule("[1s]")
                .withClock(new MovableClock(Instant.now()))
                .start();

        town.publish(letter("anna@contoso.example"));

        DeliveryEvent deferred = town.awaitEvent(Kind.DEFERRED);
        assertThat(deferred.reply()).isEqualTo(said);
        assertThat(deferred.next()).contains(deferred.time().plus(wait));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
                "550 5.4.1 All recipient addresses rejected : Access denied"
            })
    @DisplayName("P5: when every recipient of a domain is refused, the lane is held and the rest waits")
    void aDomainWhoseRecipientsAreAllRefusedHoldsTheLane(String refused) throws Exception {
        town.withScenario(Scenario.standard().withRule("*", At.RCPT, Integer.MAX_VALUE, refused))
                .start();

        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            town.publish(letter(name + "@contoso.example"));
        }

        DeliveryEvent held = town.awaitEvent(Kind.LANE_HELD);
        assertThat(held.reason()).contains("5 recipients of one domain in a row");
        assertThat(held.remedy()).contains("Set-AcceptedDomain");
        await("two wait").until(() -> town.gateway().waiting("direct") == 2);
        await("four are told of").until(() -> town.events(Kind.DEAD).size() >= 4);
        assertThat(town.events(Kind.DEAD)).hasSize(4);
    }

    @Test
    @DisplayName("P5: a probe that is turned away for now does not open a held lane; an accepted message does")
    void aProbeThatIsTurnedAwayLeavesTheLaneHeld() throws Exception {
        town.withScenario(Scenario.standard()
                        .withRule("scanner", At.AUTH, 1, "535 5.7.3 Authentication unsuccessful")
                        .withRule(
                                "scanner",
                                At.AUTH,
                                1,
                                "451 4.7.0 Temporary server error. Please try again later. PRX4"))
                .withMailboxOptions("messagesPerMinute: 0, probe: 1s")
                .start();

        town.publish(letter("buyer@fabrikam.example"));

        DeliveryEvent open = town.awaitEvent(Kind.LANE_OPEN);
        DeliveryEvent probe = town.events(Kind.DEFERRED).get(1);
        assertThat(probe.reply()).contains("PRX4");
        assertThat(open.time()).isAfterOrEqualTo(probe.next().orElseThrow());
        town.awaitReceived(1);
    }

    @Test
    @DisplayName("P5: a login that is refused for now, in words no row knows, pauses the lane and holds it not")
    void aLoginThatIsRefusedForNowPausesTheLane() throws Exception {
        Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        town.withScenario(Scenario.standard().withRule("scanner", At.AUTH, 1, "451 4.3.0 Temporary internal failure"))
                .withClock(clock)
                .start();

        town.publish(letter("buyer@fabrikam.example"));

        DeliveryEvent paused = town.awaitEvent(Kind.LANE_PAUSED);
        assertThat(paused.reason()).isEqualTo("The server refused the login for now.");
        assertThat(paused.next()).contains(clock.instant().plus(Duration.ofMinutes(5)));
        await("it waits").until(() -> town.gateway().waiting("mailbox") == 1);
        assertThat(town.events(Kind.LANE_HELD)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = At.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LOST", "END_OF_DATA", "AUTH", "GRAPH"})
    @DisplayName("P3: a connection that breaks before the final dot is tried again, and nothing is mailed twice")
    void aConnectionThatBreaksBeforeTheDotIsTriedAgain(At at) throws Exception {
        String whom = switch (at) {
            case GREETING, EHLO, STARTTLS -> "127.0.0.1";
            case MAIL -> "scanner";
            default -> "anna";
        };
        town.withScenario(Scenario.standard().withRule(whom, at, 1, Rule.NONE))
                .withoutWaits()
                .start();

        town.publish(letter("anna@contoso.example", "ben@contoso.example"));

        DeliveryEvent deferred = town.awaitEvent(Kind.DEFERRED);
        assertThat(deferred.reply()).startsWith("no reply: ");
        assertThat(deferred.recipients()).hasSize(2);
        assertThat(town.awaitReceived(1).get(0).recipients()).hasSize(2);
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(1);
        assertThat(town.events(Kind.REPLY_UNKNOWN)).isEmpty();
    }

    @Test
    @DisplayName("P3: a connection that breaks during the login says nothing about the login")
    void aConnectionThatBreaksDuringTheLoginIsTriedAgain() throws Exception {
        town.withScenario(Scenario.standard().withRule("scanner", At.AUTH, 1, Rule.NONE))
                .withoutWaits()
                .start();

        town.publish(letter("buyer@fabrikam.example"));

        assertThat(town.awaitEvent(Kind.DEFERRED).reply()).startsWith("no reply: ");
        town.awaitReceived(1);
        assertThat(town.events(Kind.LANE_HELD)).isEmpty();
    }

    @Test
    @DisplayName("P3: a second loss after the final dot is not answered by a third copy")
    void aMessageThatIsCutAfterTheDotTwiceIsADeadLetterThatMayHaveArrived() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        town.withScenario(Scenario.standard().withRule("anna", At.LOST, Integer.MAX_VALUE, ""))
                .withSchedule("[1s, 1s, 1s, 1s]")
                .withClock(clock)
                .start();

        town.publish(letter("anna@contoso.example"));
        DeliveryEvent deferred = town.awaitEvent(Kind.DEFERRED);
        assertThat(deferred.next()).contains(clock.instant().plus(UNCERTAIN_WAIT));
        clock.move(UNCERTAIN_WAIT.multipliedBy(2));

        DeliveryEvent dead = town.awaitEvent(Kind.DEAD);
        assertThat(dead.attempt()).isEqualTo(2);
        List<Received> mails = town.received();
        assertThat(mails).hasSize(2);
        assertThat(mails).extracting(Letters::text).containsOnly(Letters.text(mails.get(0)));
        assertThat(town.events(Kind.DEFERRED)).hasSize(1);
        assertThat(dead.reason()).startsWith("It may have arrived, once or more often");
        assertThat(dead.remedy()).startsWith("Ask the recipient.");
    }

    @Test
    @DisplayName("P3: a corrected address has got nothing yet: after a first loss it is tried once more as any other")
    void aCorrectedAddressIsTriedOnceMoreAfterALoss() throws Exception {
        town.withScenario(Scenario.standard()
                        .withRule("anna", At.LOST, Integer.MAX_VALUE, "")
                        .withRule("heir", At.LOST, 1, ""))
                .withoutWaits()
                .start();
        town.publish(letter("anna@contoso.example"));
        String id = town.awaitEvent(Kind.DEAD).queueId();

        town.command("dead", "replay", id, "--recipient", "anna@contoso.example", "--as", "heir@contoso.example");

        assertThat(town.awaitEvent(Kind.ACCEPTED).recipients()).containsExactly("heir@contoso.example");
        assertThat(town.received()).as("two to each").hasSize(4);
        assertThat(town.events(Kind.DEAD)).hasSize(1);
    }
}
