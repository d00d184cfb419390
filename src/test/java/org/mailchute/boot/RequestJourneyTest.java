package org.mailchute.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What a mail request can ask for, from the queue to the server. */
class RequestJourneyTest {
    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Town town;

    @BeforeEach
    void open() throws Exception {
        town = new Town(root, Scenario.standard());
        town.withIntake(
                "    - {name: letters, queue: mail.letters, from: billing@contoso.example, templates: \"%s\", references: \"%s\"}%n"
                        .formatted(town.folder("templates"), town.folder("documents")));
    }

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    @Test
    void aRequestNamesATemplateAndAFile() throws Exception {
        Files.writeString(town.folder("templates").resolve("reminder.subject"), "Invoice ${number}");
        Files.writeString(town.folder("templates").resolve("reminder.html"), "<p>Dear ${name}</p>");
        Files.writeString(town.folder("documents").resolve("4711.txt"), "100 EUR");
        town.start();

        town.publish("mail.letters", """
                {"version": 1, "to": "anna@contoso.example", "template": "reminder",
                 "fields": {"number": 4711, "name": "B & Co"}, "attachments": [{"reference": "4711.txt"}]}""");

        assertThat(Town.text(town.awaitReceived(1).get(0)))
                .contains("Subject: Invoice 4711", "<p>Dear B &amp; Co</p>", "4711.txt", "MTAwIEVVUg==");
        assertThat(town.folder("documents").resolve("4711.txt")).hasContent("100 EUR");
    }

    @Test
    void aFileOutsideItsFolderIsRefusedThroughTheRealRoute() throws Exception {
        town.start();

        town.publish("mail.letters", """
                {"to": "anna@contoso.example", "attachments": [{"reference": "../mailchute.yaml"}]}""");

        assertThat(town.awaitEvent(Kind.REFUSED).reason()).contains("not the name of a file below");
        assertThat(Town.files(town.home().resolve("messages"))).isEmpty();
    }

    @Test
    void whatIsNotToLeaveYetWaitsThroughARestart() throws Exception {
        town.start();
        Instant time =
                Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.SECONDS); // the broker goes by the real clock
        town.publish("{\"to\": \"anna@contoso.example\", \"text\": \"later\", \"notBefore\": \"%s\"}".formatted(time));
        town.awaitEvent(Kind.RECEIVED);
        town.stop();
        assertThat(town.received()).isEmpty();
        town.start();

        town.awaitReceived(1);

        assertThat(Instant.now()).isAfterOrEqualTo(time);
    }

    @Test
    void whatCouldNotBeDeliveredInTimeIsADeadLetterWithThatReason() throws Exception {
        town.start();
        assertThat(town.command("lanes", "hold", "direct").exitCode()).isZero();
        Instant end = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
        town.publish("{\"to\": \"anna@contoso.example\", \"text\": \"offer\", \"expires\": \"%s\"}".formatted(end));

        DeliveryEvent dead = town.awaitEvent(Kind.DEAD);

        assertThat(dead.reason())
                .isEqualTo("expired: it could not be delivered before " + end + ", as its application asked");
        assertThat(dead.time()).isBetween(end, end.plus(Duration.ofSeconds(20)));
        assertThat(town.received()).isEmpty();
    }

    @Test
    void anApplicationMayChooseAmongTheWaysTheSettingsAllowAndNoOthers() throws Exception {
        town.start();

        assertThat(town.ask("{\"to\": \"anna@contoso.example\", \"text\": \"x\", \"senderPolicy\": \"rewrite\"}"))
                .contains("REFUSED", "does not send as senderPolicy");
        town.publish("{\"to\": \"anna@contoso.example\", \"text\": \"x\", \"senderPolicy\": \"send-as\"}");

        await("sent").until(() -> town.received().size() == 1);
    }
}
