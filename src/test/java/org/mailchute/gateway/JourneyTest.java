package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.letter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Real routes from input to mail received, and every promise at least once. */
class JourneyTest {
    /** Of the direct lane. */
    private static final Duration UNCERTAIN_WAIT = Duration.ofSeconds(2);

    @RegisterExtension
    static final Town town = new Town().forgetful();

    @RegisterExtension
    final Town other = new Town();

    @BeforeAll
    static void open() throws Exception {
        town.start();
    }

    @Test
    void aScanIsMailedOnceAndLeavesNothingBehind() throws Exception {
        town.scan("scans", "delivery note.bin", "content");

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.option()).isEqualTo("direct-send");
        assertThat(mail.mailFrom()).isEqualTo("scanner@contoso.example");
        assertThat(Letters.text(mail))
                .contains("Subject: Scan delivery note.bin", "To: anna@contoso.example", "Y29udGVudA==");
        town.awaitEmptySpool();
        assertThat(FilesIn.folder(town.folder("scans"))).isEmpty();
    }

    @Test
    void aHundredScansUseOneSessionOrTwo() throws Exception {
        other.withSteadyClock(new MovableClock(Instant.now())).start(); // so that no session has been idle for too long

        for (int number = 0; number < 100; number++) {
            other.scan("scans", number + ".bin", "scan " + number);
        }

        other.awaitReceived(100);
        assertThat(other.microsoft365().sessions()).isLessThanOrEqualTo(2);
        Set<String> ids = new HashSet<>();
        other.received().forEach(mail -> ids.add(Letters.text(mail).replaceAll("(?s).*Message-ID: (<[^>]*>).*", "$1")));
        assertThat(ids).hasSize(100);
    }

    @Test
    void recipientsPartByDomainAndTheVisibleFieldsStay() throws Exception {
        town.scan("both", "minutes.bin", "content");

        List<Received> mails = town.awaitReceived(2);
        assertThat(mails).extracting(Received::option).containsExactlyInAnyOrder("direct-send", "submission");
        assertThat(mails)
                .flatExtracting(Received::recipients)
                .containsExactlyInAnyOrder("anna@contoso.example", "archive@contoso.example", "buyer@fabrikam.example");
        assertThat(mails)
                .allSatisfy(mail -> assertThat(Letters.text(mail))
                        .contains("To: anna@contoso.example", "Cc: buyer@fabrikam.example")
                        .doesNotContain("archive@"));
        assertThat(Letters.text(mails.get(0))).isEqualTo(Letters.text(mails.get(1)));
        town.awaitEmptySpool();
    }

    @Test
    void aRelayShowsItsClientCertificate() throws Exception {
        town.publish(letter("quality@partner.example"));

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.option()).isEqualTo("relay");
        assertThat(mail.certificate()).isEqualTo("CN=contoso.example");
        assertThat(mail.tls()).startsWith("TLSv1.");
    }

    @Test
    void clientSubmissionLogsInOnceASession() throws Exception {
        other.withMailboxOptions("sessions: 1, messagesPerMinute: 0")
                .withSteadyClock(
                        new MovableClock(Instant.now())) // so that the session has never been idle for too long
                .start();

        for (int number = 0; number < 5; number++) {
            other.publish(letter("buyer@fabrikam.example"));
        }

        other.awaitReceived(5);
        assertThat(other.received()).allMatch(mail -> mail.user().equals("scanner@contoso.example"));
        assertThat(other.microsoft365().commands().stream().filter(line -> line.contains("AUTH XOAUTH2")))
                .hasSize(1);
        assertThat(other.microsoft365().commands().stream().filter(line -> line.contains("STARTTLS")))
                .hasSize(1);
    }

    @Test
    @DisplayName("P5: recipients with different outcomes part ways, and nobody is mailed again because of another")
    void eachRecipientHasAnOutcomeOfItsOwn() throws Exception {
        town.publish(letter("anna@contoso.example", "leaver@contoso.example", "busy@contoso.example"));

        List<Received> mails = town.awaitReceived(2);
        assertThat(mails)
                .extracting(Received::recipients)
                .containsExactly(List.of("anna@contoso.example"), List.of("busy@contoso.example"));
        assertThat(town.awaitEvent(Kind.DEAD).recipients()).containsExactly("leaver@contoso.example");
        assertThat(town.events(Kind.DEAD).get(0).remedy()).isNotBlank();
        assertThat(town.awaitEvent(Kind.DEFERRED).recipients()).containsExactly("busy@contoso.example");
        assertThat(Letters.text(mails.get(0))).isEqualTo(Letters.text(mails.get(1)));
    }

    @Test
    @DisplayName("P4: a retry waits in the broker and outlives a restart")
    void aDeferredDeliveryOutlivesARestart() throws Exception {
        other.withScenario(Scenario.standard().withRule("full", At.RCPT, Integer.MAX_VALUE, "452 4.2.2 Mailbox full"))
                .withSchedule("[1s" + ", 1s".repeat(50) + "]")
                .start();
        other.publish(letter("full@contoso.example"));
        other.awaitEvent(Kind.DEFERRED);

        other.stop();
        int before = attempts().lastKey();
        other.start();

        await("one more attempt").until(() -> attempts().lastKey() > before);
        SortedMap<Integer, DeliveryEvent> attempts = attempts();
        assertThat(attempts.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, attempts.size()).boxed().toList());
        Instant next = Instant.MIN;
        for (DeliveryEvent attempt : attempts.values()) {
            assertThat(attempt.time()).isAfterOrEqualTo(next);
            next = attempt.next().orElseThrow().truncatedTo(ChronoUnit.MILLIS); // as the broker goes by
        }
    }

    /** Of the only message, by their number: an event may come twice. */
    private SortedMap<Integer, DeliveryEvent> attempts() {
        SortedMap<Integer, DeliveryEvent> attempts = new TreeMap<>();
        other.events(Kind.DEFERRED).forEach(event -> attempts.put(event.attempt(), event));
        return attempts;
    }

    @Test
    void aDeliveryIsGivenUpWhenItsScheduleIsUsedUp() throws Exception {
        other.withScenario(Scenario.standard().withRule("full", At.RCPT, Integer.MAX_VALUE, "452 4.2.2 Mailbox full"))
                .withoutWaits()
                .start();

        other.publish(letter("full@contoso.example"));

        DeliveryEvent dead = other.awaitEvent(Kind.DEAD);
        assertThat(dead.attempt()).isEqualTo(4);
        assertThat(dead.reason()).startsWith("given up after 4 attempts");
        assertThat(other.events(Kind.DEFERRED)).hasSize(3);
    }

    @Test
    @DisplayName("P3: silence after the final dot is uncertain; the repeat comes later, with the same Message-ID")
    void aConnectionLostAfterTheFinalDotIsTriedAgainAsAPossibleDuplicate() throws Exception {
        other.withScenario(Scenario.standard().withRule("anna", At.LOST, 1, "")).start();

        other.scan("scans", "a.bin", "content");

        DeliveryEvent deferred = other.awaitEvent(Kind.DEFERRED);
        List<Received> mails = other.awaitReceived(2);
        assertThat(deferred.next().orElseThrow())
                .isAfterOrEqualTo(mails.get(0).at().plus(UNCERTAIN_WAIT));
        assertThat(mails.get(1).at())
                .isAfterOrEqualTo(deferred.next().orElseThrow().truncatedTo(ChronoUnit.MILLIS));
        assertThat(Letters.text(mails.get(0))).isEqualTo(Letters.text(mails.get(1)));
        other.awaitEmptySpool();
    }

    @Test
    @DisplayName("P5: a refused login holds its lane, not the messages, and no other lane")
    void aRefusedLoginHoldsTheLane() throws Exception {
        other.withSecret("5ecret-0f-an0ther-app").start();

        for (int number = 0; number < 4; number++) {
            other.publish(letter("buyer@fabrikam.example"));
        }
        other.publish(letter("anna@contoso.example"));

        DeliveryEvent held = other.awaitEvent(Kind.LANE_HELD);
        assertThat(held.lane()).isEqualTo("mailbox");
        assertThat(held.reply() + held.reason() + held.remedy())
                .contains("secret")
                .doesNotContain("5ecret");
        other.awaitReceived(1);
        assertThat(other.events(Kind.DEAD)).isEmpty();
        assertThat(other.events(Kind.LANE_HELD)).hasSize(1);

        other.stop();
        Files.delete(other.home().resolve("lanes").resolve("mailbox.json"));
        other.withSecret("demo-client-secret").start();
        other.awaitReceived(5); // Anna's, and the four
    }

    @Test
    @DisplayName("P6: a spent budget makes messages wait, also after a restart")
    void aSpentBudgetOutlivesARestart() throws Exception {
        other.withMailboxOptions("messagesPerMinute: 0, recipientsPerDay: 2").start();
        other.publish(letter("one@fabrikam.example", "two@fabrikam.example"));
        other.awaitReceived(1);
        other.awaitEvent(Kind.ACCEPTED);

        other.stop();
        other.start();
        other.publish(letter("three@fabrikam.example"));

        await("the third waits").until(() -> other.gateway().waiting("mailbox") == 1);
        assertThat(other.received()).hasSize(1);
        assertThat(other.events(Kind.DEAD)).isEmpty();
    }

    @Test
    void aRecipientThatSpoilsTheWholeMessageIsFoundByTryingEachAlone() throws Exception {
        other.withScenario(
                        Scenario.standard()
                                .withRule(
                                        "blocked",
                                        At.END_OF_DATA,
                                        Integer.MAX_VALUE,
                                        "550 5.7.703 Your message can't be delivered because one or more recipients are blocked by your organization's tenant recipient block policy (Tenant Allow Block List)"))
                .start();

        other.publish(letter("one@fabrikam.example", "blocked@fabrikam.example", "two@fabrikam.example"));

        assertThat(other.awaitReceived(2))
                .flatExtracting(Received::recipients)
                .containsExactlyInAnyOrder("one@fabrikam.example", "two@fabrikam.example");
        assertThat(other.awaitEvent(Kind.DEAD).recipients()).containsExactly("blocked@fabrikam.example");
    }

    @Test
    @DisplayName("P6: who was refused does not count against the day")
    void aRefusedRecipientIsGivenBackToTheBudget() throws Exception {
        other.withScenario(
                        Scenario.standard().withRule("unknown", At.RCPT, Integer.MAX_VALUE, "550 5.1.1 User unknown"))
                .withMailboxOptions("messagesPerMinute: 0, recipientsPerDay: 1")
                .start();
        other.publish(letter("unknown@fabrikam.example"));
        other.awaitEvent(Kind.DEAD);

        other.publish(letter("buyer@fabrikam.example"));

        other.awaitReceived(1);
    }

    @Test
    void manyRecipientsLeaveInSeveralTransactions() throws Exception {
        other.withLaneOptions("recipientsPerMessage: 2").start();

        other.publish(letter(
                "a@contoso.example",
                "b@contoso.example",
                "c@contoso.example",
                "d@contoso.example",
                "e@contoso.example"));

        assertThat(other.awaitReceived(3))
                .extracting(mail -> mail.recipients().size())
                .containsExactlyInAnyOrder(2, 2, 1);
        other.awaitEmptySpool();
    }

    @Test
    void theServerIsToldTheMessagesSizeBeforehand() throws Exception {
        town.scan("scans", "large.bin", "x".repeat(100_000));

        long octets = Files.size(town.awaitReceived(1).get(0).file());
        String mail = town.microsoft365().commands().stream()
                .filter(line -> line.contains("MAIL FROM"))
                .reduce("", (before, last) -> last);
        long declared = Long.parseLong(mail.replaceFirst(".* SIZE=(\\d+)$", "$1"));
        assertThat(declared).isBetween(octets, octets + 10_000);
    }

    @Test
    @DisplayName("P7: a message too large for its lane is a dead letter with a reason, without asking the server")
    void aMessageTooLargeForItsLaneIsRejectedHere() throws Exception {
        other.withLaneOptions("messageSize: 10KB").start();

        other.scan("scans", "large.bin", "x".repeat(20_000));

        DeliveryEvent dead = other.awaitEvent(Kind.DEAD);
        assertThat(dead.reason()).contains("octets");
        assertThat(other.microsoft365().commands()).noneMatch(line -> line.contains("MAIL FROM"));
    }

    @Test
    @DisplayName("P1, P3: what a crash left between enqueue and release is not mailed twice")
    void aClaimThatWasEnqueuedBeforeTheCrashIsDropped() throws Exception {
        other.start();
        assertThat(other.command("lanes", "hold", "direct").exitCode()).isZero();
        other.scan("scans", "a.bin", "content");
        String id = other.awaitEvent(Kind.RECEIVED).queueId();
        other.stop();
        Files.createLink(
                other.home().resolve("incoming/scans/" + id + "~a.bin"),
                other.home().resolve("messages/" + id + ".0"));

        other.start();

        await("the claim is dropped")
                .until(() -> FilesIn.folder(other.home().resolve("incoming")).isEmpty());
        assertThat(other.command("lanes", "release", "direct").exitCode()).isZero();
        other.awaitReceived(1);
        other.awaitEmptySpool();
        assertThat(other.received()).hasSize(1);
        assertThat(other.events(Kind.RECEIVED)).hasSize(1);
    }

    @Test
    @DisplayName("P2: a claim that could not be spooled is taken up again, and its input is not lost")
    void aScanThatCannotBeSpooledIsNotLost() throws Exception {
        other.start();
        Path messages = other.home().resolve("messages");
        Files.move(messages, other.root().resolve("elsewhere"));
        other.scan("scans", "a.bin", "content");
        await("claimed").until(() -> FilesIn.folder(other.folder("scans")).isEmpty());
        await("left behind")
                .until(() -> FilesIn.folder(other.home().resolve("incoming")).size() == 1);
        assertThat(other.received()).isEmpty();

        other.stop();
        Files.move(other.root().resolve("elsewhere"), messages);
        other.start();

        other.awaitReceived(1);
        other.awaitEmptySpool();
    }

    @Test
    @DisplayName("P9: header values of a JMS message reach neither the mail session nor the mail")
    void propertiesOfAJmsMessageAreNotHeaders() throws Exception {
        try (var application = town.gateway().broker().createContext()) {
            application
                    .createProducer()
                    .setProperty("Subject", "from a property")
                    .setProperty("To", "everybody@fabrikam.example")
                    .setProperty("CamelFileName", "../../escaped")
                    .send(application.createQueue("mail.requests"), letter("anna@contoso.example"));
        }

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.recipients()).containsExactly("anna@contoso.example");
        assertThat(Letters.text(mail)).doesNotContain("from a property", "everybody@", "escaped", "JMS", "Camel");
    }
}
