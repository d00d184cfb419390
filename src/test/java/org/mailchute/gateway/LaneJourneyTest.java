package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.letter;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Mailbox;
import org.mailchute.testing.LoopbackDns;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;

/** Several lanes for one rule, as whom they send, and lanes stopped and opened by hand. */
class LaneJourneyTest {
    private static final String MAILBOX = "mailchute.submission.mailbox";
    private static final Scenario TWO_MAILBOXES = Scenario.standard()
            .withMailboxes(List.of(
                    new Mailbox("scanner@contoso.example", "", List.of()),
                    new Mailbox("spare@contoso.example", "", List.of("scanner@contoso.example"))));

    @RegisterExtension
    final Town town = new Town();

    @Test
    @DisplayName("P6: when a mailbox has spent its day, the next one of the rule takes over")
    void theNextMailboxTakesOverWhenABudgetIsSpent() throws Exception {
        town.withScenario(TWO_MAILBOXES)
                .withMailboxOptions("messagesPerMinute: 0, recipientsPerDay: 2")
                .withMailbox("spare", "messagesPerMinute: 0")
                .withRule("{domain: fabrikam.example, lane: [mailbox, spare]}")
                .start();

        for (int number = 0; number < 5; number++) {
            town.publish(letter("buyer" + number + "@fabrikam.example"));
        }

        assertThat(town.awaitReceived(5).stream().map(Received::user))
                .containsExactlyInAnyOrder(
                        "scanner@contoso.example",
                        "scanner@contoso.example",
                        "spare@contoso.example",
                        "spare@contoso.example",
                        "spare@contoso.example");
        town.awaitEmptySpool();
    }

    @Test
    @DisplayName("P5: another option takes over where the reason allows it")
    void anotherOptionTakesOverForAMailboxThatMayNotLogIn() throws Exception {
        town.withScenario(Scenario.standard().withMailboxes(List.of()))
                .withRule("{domain: fabrikam.example, lane: [mailbox, connector]}")
                .start();

        town.publish(letter("buyer@fabrikam.example"));

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.option()).isEqualTo("relay");
        DeliveryEvent event = town.awaitEvent(Kind.DEFERRED);
        assertThat(event.lane()).isEqualTo("mailbox");
        assertThat(event.reason()).endsWith("; lane connector takes over");
        assertThat(town.awaitEvent(Kind.LANE_HELD).lane()).isEqualTo("mailbox");
    }

    @Test
    @DisplayName("P5: after a block for abuse no other lane takes over")
    void afterABlockForAbuseNobodyTakesOver() throws Exception {
        town.withScenario(TWO_MAILBOXES.withRule(
                        "scanner",
                        At.MAIL,
                        Integer.MAX_VALUE,
                        "550 5.1.8 Access denied, bad outbound sender AS(42004)"))
                .withMailbox("spare", "messagesPerMinute: 0")
                .withRule("{domain: fabrikam.example, lane: [mailbox, connector, spare]}")
                .start();

        town.publish(letter("buyer@fabrikam.example"));

        assertThat(town.awaitEvent(Kind.LANE_HELD).lane()).isEqualTo("mailbox");
        assertThat(town.awaitEvent(Kind.DEFERRED).reason()).doesNotContain("takes over");
        assertThat(town.gateway().waiting("mailbox")).isEqualTo(1);
        assertThat(town.received()).isEmpty();
    }

    @Test
    void aRewritingLaneSendsAsItsMailboxAndAnswersGoToTheAuthor() throws Exception {
        town.withMailboxOptions("messagesPerMinute: 0, sender: rewrite").start();

        town.publish("""
                {"from": "orders@contoso.example", "to": ["buyer@fabrikam.example"], "subject": "S", "text": "T"}""");

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.mailFrom()).isEqualTo("scanner@contoso.example");
        assertThat(Letters.text(mail))
                .contains(
                        "From: \"orders@contoso.example\" <scanner@contoso.example>\r\n",
                        "Reply-To: orders@contoso.example\r\n");
        assertThat(town.awaitEvent(Kind.ACCEPTED).from()).as("what was used").isEqualTo("scanner@contoso.example");
    }

    @Test
    void aLaneForItsOwnMailRefusesThatOfOthersAtOnce() throws Exception {
        town.withMailboxOptions("messagesPerMinute: 0, sender: own").start();

        String answer = town.ask("""
                {"from": "orders@contoso.example", "to": ["buyer@fabrikam.example"], "subject": "S", "text": "T"}""");

        assertThat(answer).contains("lane mailbox sends for its own mailbox only, not for orders@contoso.example");
        town.publish(letter("buyer@fabrikam.example"));
        assertThat(town.awaitReceived(1).get(0).user()).isEqualTo("scanner@contoso.example");
    }

    @Test
    void anAuthorsRuleGivesItItsOwnMailbox() throws Exception {
        town.withScenario(TWO_MAILBOXES)
                .withMailbox("spare", "messagesPerMinute: 0, sender: own")
                .withRule("{from: spare@contoso.example, domain: \"*\", lane: spare}")
                .start();

        town.publish("""
                {"from": "spare@contoso.example", "to": ["buyer@fabrikam.example"], "subject": "S", "text": "T"}""");

        assertThat(town.awaitReceived(1).get(0).user()).isEqualTo("spare@contoso.example");
    }

    @Test
    void aLaneHeldByHandKeepsItsMailOverARestartAndSendsItAtOnceWhenReleased() throws Exception {
        town.start();
        assertThat(run("lanes", "hold", "mailbox")).contains("mailbox: held");
        town.publish(letter("buyer@fabrikam.example"));
        await("it waits").until(() -> town.gateway().waiting("mailbox") == 1);
        town.stop();
        town.start();

        assertThat(run("lanes")).contains("held", "why: held by ", "do:  mailchute lanes release mailbox");
        assertThat(town.received()).isEmpty();
        assertThat(run("lanes", "release", "mailbox")).contains("mailbox: released");
        town.awaitReceived(1);
        assertThat(run("lanes", "release", "mailbox")).contains("mailbox: was open");
    }

    @Test
    void whenALaneOpensByItselfAllThatWaitedLeaves() throws Exception {
        town.withScenario(Scenario.standard()
                        .withRule("scanner", At.MAIL, 1, "550 5.1.8 Access denied, bad outbound sender AS(42004)"))
                .withMailboxOptions("messagesPerMinute: 0, sessions: 1, probe: 1s")
                .start();

        for (int number = 0; number < 20; number++) {
            town.publish(letter("buyer" + number + "@fabrikam.example"));
        }

        town.awaitReceived(20);
        assertThat(town.awaitEvent(Kind.LANE_OPEN).lane()).isEqualTo("mailbox");
    }

    @Test
    void aDeliveryThatIsJustBeingPutOffWhenItsLaneIsReleasedLeavesToo() throws Exception {
        town.withMailboxOptions("messagesPerMinute: 0, sessions: 3").start();
        run("lanes", "hold", "mailbox");
        for (int number = 0; number < 40; number++) {
            town.publish(letter("buyer@fabrikam.example"));
        }
        await("all wait").until(() -> town.gateway().waiting("mailbox") == 40);

        for (int time = 0; time < 5; time++) {
            run("lanes", "release", "mailbox");
            run("lanes", "hold", "mailbox");
        }
        run("lanes", "release", "mailbox");

        town.awaitReceived(40);
    }

    @Test
    void whatAPersonWaitsForPassesBeforeBulk() throws Exception {
        town.withMailboxOptions("messagesPerMinute: 0, sessions: 1")
                .withRule("{domain: fabrikam.example, lane: mailbox}")
                .start();
        run("lanes", "hold", "mailbox");
        for (int number = 0; number < 20; number++) {
            town.publish("""
                    {"to": ["all@fabrikam.example"], "subject": "statement", "text": "T", "priority": "bulk"}""");
        }
        town.publish("""
                {"to": ["buyer@fabrikam.example"], "subject": "urgent", "text": "T", "priority": "high"}""");
        await("all wait").until(() -> town.gateway().waiting("mailbox") == 21);
        CountDownLatch goOn = new CountDownLatch(1);
        town.microsoft365().onReceived(mail -> pass(goOn));

        run("lanes", "release", "mailbox");

        town.awaitReceived(1);
        await("the others may leave").until(() -> Application.browse(town, MAILBOX) == 20);
        goOn.countDown();
        List<Received> received = town.awaitReceived(21);
        assertThat(received.stream().map(Received::recipients).toList().indexOf(List.of("buyer@fabrikam.example")))
                .as("place of the urgent one, published last, after the one that was under way")
                .isLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName("P6: 20 senders at once never have a mailbox over its three sessions")
    void theThirdSessionIsTheLast() throws Exception {
        town.withScenario(Scenario.standard().with("delayMillis", 2))
                .withMailboxOptions("messagesPerMinute: 0, sessions: 3, sessionMessages: 1000")
                .start();

        CountDownLatch three = new CountDownLatch(3);
        town.microsoft365().onReceived(mail -> {
            three.countDown();
            pass(three); // so that three are open at one time
        });
        ExecutorService senders = Executors.newFixedThreadPool(20);
        for (int number = 0; number < 60; number++) {
            senders.execute(() -> town.publish(letter("buyer@fabrikam.example")));
        }
        senders.shutdown();

        town.awaitReceived(60);
        assertThat(town.events(Kind.DEFERRED))
                .as("432 4.3.2 for a fourth session")
                .isEmpty();
        assertThat(town.microsoft365().mostSubmissionSessions()).isEqualTo(3);
    }

    @Test
    void aMailboxWithTooManySessionsUsesFewerForAWhile() throws Exception {
        town.withScenario(Scenario.standard()
                        .withRule(
                                "scanner", At.MAIL, 1, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"))
                .withMailboxOptions("messagesPerMinute: 0, sessions: 3")
                .start();

        town.publish(letter("buyer@fabrikam.example"));

        town.awaitReceived(1);
        assertThat(run("lanes")).contains("slowed: 2 of 3 sessions");
        assertThat(run("lanes")).doesNotContain("held");
    }

    @Test
    void aBusyServerSlowsTheLane() throws Exception {
        town.withScenario(Scenario.standard().withRule("anna", At.RCPT, 1, "451 4.7.500 Server busy. (AS77713)"))
                .start();

        town.publish(letter("anna@contoso.example"));

        town.awaitEvent(Kind.DEFERRED);
        assertThat(run("lanes")).contains("slowed: 2 of 2 sessions, 8 of 10000 messages at a time");
    }

    @Test
    void theMxHostsOfADomainAreLookedUpWhenASessionOpens() throws Exception {
        try (LoopbackDns dns = new LoopbackDns().knows(mx("localhost."))) {
            town.withDns(dns.resolver())
                    .withMxLane("looked-up", "contoso.example")
                    .withRule("{from: \"*@contoso.example\", domain: contoso.example, lane: looked-up}")
                    .start();
            assertThat(dns.questions()).as("nothing is asked at the start").isZero();

            town.publish(letter("anna@contoso.example"));

            town.awaitReceived(1);
            assertThat(town.awaitEvent(Kind.ACCEPTED).lane()).isEqualTo("looked-up");
        }
    }

    @Test
    void anMxElsewhereHoldsTheLaneUntilItIsMended() throws Exception {
        try (LoopbackDns dns = new LoopbackDns().knows(mx("mx.filter.example."))) {
            town.withDns(dns.resolver())
                    .withMxLane("looked-up", "contoso.example")
                    .withRule("{from: \"*@contoso.example\", domain: contoso.example, lane: looked-up}")
                    .start();

            town.publish(letter("anna@contoso.example"));

            DeliveryEvent held = town.awaitEvent(Kind.LANE_HELD);
            assertThat(held.reason())
                    .isEqualTo(
                            "The server cannot be found: the MX hosts of contoso.example are not Microsoft 365's but mx.filter.example");
            assertThat(held.remedy()).startsWith("Set the lane's host to the tenant's own");
        }
    }

    private static MXRecord mx(String host) throws Exception {
        return new MXRecord(Name.fromString("contoso.example."), DClass.IN, 300, 10, Name.fromString(host));
    }

    @Test
    void aLaneThatDoesNotExistIsToldTogetherWithThoseThatDo() throws Exception {
        town.start();

        Town.Ran told = town.command("lanes", "hold", "mailbx");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains("no such lane; there are direct, connector, mailbox");
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the simulator closes
        }
    }

    private String run(String... words) throws Exception {
        Town.Ran ran = town.command(words);
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return ran.out();
    }
}
