package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Mailbox;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** A lane that leads to Microsoft Graph, beside others. */
class GraphJourneyTest {
    private static final String SCANNER = "scanner@contoso.example";
    private static final String BUYER = "buyer@fabrikam.example";

    @RegisterExtension
    static final Town town = new Town().withoutConnector().forgetful();

    @RegisterExtension
    final Town other = new Town().withoutConnector();

    @BeforeAll
    static void open() throws Exception {
        graph(town, "messagesPerMinute: 0, sessions: 4")
                .withIntake(
                        "  pickup:\n    - {name: drop, folder: \"%s\", poll: 100ms, stableFor: 0s, senders: [\"*@contoso.example\"]}\n"
                                .formatted(town.folder("drop")))
                .start();
    }

    private static Town graph(Town town, String keys) throws Exception {
        return town.withGraph("graph", SCANNER, keys).withRule("{domain: fabrikam.example, lane: graph}");
    }

    private static String letter(String... to) {
        return "{\"to\": [\"%s\"], \"subject\": \"S\", \"text\": \"T\"}".formatted(String.join("\", \"", to));
    }

    @Test
    @DisplayName("P3: Graph sends to whom the header names, so the header names exactly the lane's recipients")
    void whoGoesByAnotherLaneIsNotInTheHeaderAndWhoIsNotInTheHeaderIsInBcc() throws Exception {
        town.publish("""
                {"to": ["anna@contoso.example", "buyer@fabrikam.example"], "cc": ["ben@contoso.example", "cora@fabrikam.example"], "bcc": ["boss@contoso.example", "auditor@fabrikam.example"], "subject": "S", "text": "T"}""");

        List<Received> mail = town.awaitReceived(2);
        town.awaitEmptySpool();
        assertThat(mail).extracting(Received::option).containsExactlyInAnyOrder("graph", "direct-send");
        Received byGraph = mail.stream()
                .filter(one -> one.option().equals("graph"))
                .findFirst()
                .orElseThrow();
        assertThat(byGraph.recipients()).containsExactly(BUYER, "cora@fabrikam.example", "auditor@fabrikam.example");
        assertThat(byGraph.user()).isEqualTo(SCANNER);
        assertThat(Letters.text(byGraph))
                .contains("To: buyer@fabrikam.example\r\n", "Cc: cora@fabrikam.example\r\n", "\r\n\r\nT")
                .doesNotContain("auditor", "boss", "anna@");
        DeliveryEvent accepted = town.events(Kind.ACCEPTED).stream()
                .filter(event -> event.lane().equals("graph"))
                .findFirst()
                .orElseThrow();
        assertThat(accepted.reply()).startsWith("202 Accepted; request-id ");
        assertThat(accepted.option()).isEqualTo("graph");
    }

    @Test
    @DisplayName("P5: where SMTP AUTH is switched off for the mailbox, Graph takes over, and nobody gets it twice")
    void graphTakesOverWhereTheMailboxMayNotSubmit() throws Exception {
        other.withScenario(Scenario.standard().withMailboxes(List.of(new Mailbox(SCANNER, "", List.of(), false))))
                .withGraph("graph", SCANNER, "messagesPerMinute: 0")
                .withRule("{domain: fabrikam.example, lane: [mailbox, graph]}")
                .start();

        other.publish(letter(BUYER));

        assertThat(other.awaitReceived(1).get(0).option()).isEqualTo("graph");
        other.awaitEmptySpool();
        assertThat(other.received()).hasSize(1);
        assertThat(other.awaitEvent(Kind.DEFERRED).reason()).endsWith("; lane graph takes over");
        assertThat(other.awaitEvent(Kind.LANE_HELD).reply()).startsWith("535 5.7.139 ");
    }

    @Test
    @DisplayName(
            "P3: a connection lost after the whole request is uncertain; it is sent once more, later, with its Message-ID")
    void aLostAnswerIsUncertain() throws Exception {
        other.withScenario(Scenario.standard().withRule("buyer", At.LOST, 1, ""));
        graph(other, "messagesPerMinute: 0, uncertainWait: 1s").start();

        other.publish(letter(BUYER));

        List<Received> mail = other.awaitReceived(2);
        assertThat(other.awaitEvent(Kind.DEFERRED).reason()).contains("the server may have it");
        assertThat(mail).extracting(one -> messageId(one)).containsOnly(messageId(mail.get(0)));
        other.awaitEmptySpool();
        assertThat(other.received()).hasSize(2);
    }

    private static String messageId(Received mail) {
        return Letters.text(mail)
                .lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAnswerOfSomebodyWhoHadNoneFromGraphIsUncertainToo() throws Exception {
        other.withScenario(
                Scenario.standard().withRule("buyer", At.GRAPH, 1, "504 GatewayTimeout: No answer in time."));
        graph(other, "messagesPerMinute: 0, uncertainWait: 1s").start();

        other.publish(letter(BUYER));

        other.awaitReceived(1);
        DeliveryEvent deferred = other.awaitEvent(Kind.DEFERRED);
        assertThat(deferred.reply()).startsWith("no reply: 504 GatewayTimeout");
        assertThat(deferred.reason()).contains("the server may have it");
    }

    @Test
    @DisplayName("P8: a large message that a program has built is taken apart as well")
    void aLargeReadyMadeMessageGoesPieceByPiece() throws Exception {
        String scan = "0123456789abcdef".repeat(250_000);
        String message =
                "From: scanner@contoso.example\r\nTo: \"B\" <%s>\r\nSubject: built\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                                .formatted(BUYER)
                        + "--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: text/x-scan\r\n"
                        + "Content-Disposition: attachment; filename=\"scan.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(scan.getBytes(StandardCharsets.ISO_8859_1))
                        + "\r\n--b--\r\n";
        town.scan("drop", "built.eml", message);

        Received mail = town.awaitReceived(1).get(0);

        assertThat(Letters.text(mail))
                .contains("To: \"B\" <buyer@fabrikam.example>", "Subject: built", "\r\n\r\nHello");
        assertThat(attachment(mail)).isEqualTo(scan);
    }

    @Test
    void whatCannotBeTakenApartIsADeadLetterThatSaysSo() throws Exception {
        String line = "0123456789abcdef".repeat(4) + "\r\n";
        town.scan(
                "drop",
                "built.eml",
                "From: scanner@contoso.example\r\nTo: " + BUYER + "\r\nSubject: x\r\n\r\n" + line.repeat(50_000));

        assertThat(town.awaitEvent(Kind.DEAD).reply())
                .startsWith("413 not sent: without its attachments it still has ");
        assertThat(town.received()).isEmpty();
    }

    @Test
    void aTokenThatWasWithdrawnIsFetchedAnewAtOnce() throws Exception {
        town.publish(letter(BUYER));
        town.awaitReceived(1);

        town.microsoft365().withdrawTokens();
        town.publish(letter(BUYER));

        town.awaitReceived(2);
        assertThat(town.events(Kind.DEFERRED)).isEmpty();
        assertThat(town.events(Kind.LANE_HELD)).isEmpty();
    }

    @Test
    void whatGraphAsksToWaitIsWaited() throws Exception {
        other.withScenario(Scenario.standard()
                .withRule(
                        "buyer",
                        At.GRAPH,
                        1,
                        "429 ApplicationThrottled: Application is over its request limit.; Retry-After: 600"));
        graph(other, "messagesPerMinute: 0").start();

        other.publish(letter(BUYER));

        DeliveryEvent paused = other.awaitEvent(Kind.LANE_PAUSED);
        assertThat(paused.reply()).startsWith("429 ApplicationThrottled: ").contains("; Retry-After: 600");
        assertThat(paused.next().orElseThrow()).isAfter(paused.time().plus(Duration.ofSeconds(590)));
    }

    @Test
    @DisplayName("P8: what is too large for one request goes as a draft with its attachments piece by piece")
    void aLargeScanGoesPieceByPiece() throws Exception {
        graph(other, "messagesPerMinute: 0")
                .withFolder("large", "cc: [buyer@fabrikam.example]")
                .withRule("{from: scanner@contoso.example, domain: contoso.example, lane: graph}")
                .start();
        String scan = "0123456789abcdef".repeat(250_000);
        other.scan("large", "scan.txt", scan);

        Received mail = other.awaitReceived(1).get(0);
        other.awaitEmptySpool();

        assertThat(other.received()).hasSize(1);
        assertThat(mail.recipients()).containsExactly("anna@contoso.example", BUYER);
        assertThat(attachment(mail)).isEqualTo(scan);
        assertThat(Letters.text(mail)).contains("Subject: Scan scan.txt", "filename=\"scan.txt\"");
        assertThat(other.microsoft365().commands())
                .contains("0 PUT bytes 0-3276799/4000000", "0 POST messages/ID/send");
        assertThat(other.microsoft365().drafts()).isZero();
    }

    /** Decoded. */
    private static String attachment(Received mail) {
        String text = Letters.text(mail);
        String encoded =
                text.substring(text.indexOf("base64\r\n\r\n", text.indexOf("Content-Disposition: attachment")) + 10);
        return new String(
                Base64.getMimeDecoder().decode(encoded.substring(0, encoded.indexOf("\r\n--"))),
                StandardCharsets.ISO_8859_1);
    }

    @Test
    void aDraftThatCannotBeFinishedIsRemovedAndTheMessageGoesLater() throws Exception {
        other.withScenario(Scenario.standard()
                .withRule("upload", At.GRAPH, 1, "503 ServiceUnavailable: The service is temporarily unavailable."));
        graph(other, "messagesPerMinute: 0")
                .withFolder("large", "")
                .withRule("{from: scanner@contoso.example, domain: contoso.example, lane: graph}")
                .start();
        other.scan("large", "scan.txt", "0123456789abcdef".repeat(215_000));

        other.awaitReceived(1);
        other.awaitEmptySpool();

        assertThat(other.events(Kind.DEFERRED))
                .singleElement()
                .satisfies(event -> assertThat(event.reply()).startsWith("503 ServiceUnavailable"));
        assertThat(other.microsoft365().commands()).contains("0 DELETE messages/ID");
        assertThat(other.microsoft365().drafts()).isZero();
    }

    @Test
    void theDoctorAsksGraphWithoutAMessage() throws Exception {
        graph(other, "messagesPerMinute: 0");
        other.withGraph("stranger", "stranger@contoso.example", "messagesPerMinute: 0");

        assertThat(other.command("doctor", "--lane", "graph").out())
                .contains("the app may send as scanner@contoso.example (400 ErrorMimeContent");
        assertThat(other.command("doctor", "--lane", "stranger").out()).contains("404 ErrorInvalidUser: ");
        assertThat(other.received()).isEmpty();
    }

    @Test
    @DisplayName("more than four requests at a time are never made of a mailbox")
    void manyMessagesAtOnceGetThrough() throws Exception {
        for (int number = 0; number < 30; number++) {
            town.publish(letter(BUYER));
        }

        town.awaitReceived(30);
        await().until(() -> town.events(Kind.ACCEPTED).size() == 30);
        assertThat(town.events(Kind.DEFERRED)).isEmpty();
    }
}
