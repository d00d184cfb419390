package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What a mail request can ask for, from the queue to the server. */
class RequestJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    @BeforeEach
    void open() throws Exception {
        town.withIntake(
                "    - {name: letters, queue: mail.letters, from: billing@contoso.example, templates: \"%s\", references: \"%s\"}%n"
                        .formatted(town.folder("templates"), town.folder("documents")));
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

        assertThat(Letters.text(town.awaitReceived(1).get(0)))
                .contains("Subject: Invoice 4711", "<p>Dear B &amp; Co</p>", "4711.txt", "MTAwIEVVUg==");
        assertThat(town.folder("documents").resolve("4711.txt")).hasContent("100 EUR");
    }

    @Test
    void aFileOutsideItsFolderIsRefusedThroughTheRealRoute() throws Exception {
        town.start();

        town.publish("mail.letters", """
                {"to": "anna@contoso.example", "attachments": [{"reference": "../mailchute.yaml"}]}""");

        assertThat(town.awaitEvent(Kind.REFUSED).reason()).contains("not the name of a file below");
        assertThat(FilesIn.folder(town.home().resolve("messages"))).isEmpty();
    }

    @Test
    void whatIsNotToLeaveYetWaitsThroughARestart() throws Exception {
        town.start();
        Instant soon = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        Instant late = soon.plus(Duration.ofHours(1));
        town.publish("{\"to\": \"anna@contoso.example\", \"text\": \"soon\", \"notBefore\": \"%s\"}".formatted(soon));
        town.publish("{\"to\": \"anna@contoso.example\", \"text\": \"late\", \"notBefore\": \"%s\"}".formatted(late));
        await("both are taken").until(() -> town.events(Kind.RECEIVED).size() == 2);
        town.stop();
        town.start();

        Received mail = town.awaitReceived(1).get(0);

        assertThat(mail.at()).isAfterOrEqualTo(soon);
        assertThat(Letters.text(mail)).contains("soon");
        await("the other waits").until(() -> town.gateway().waiting("direct") == 1);
        assertThat(town.received()).hasSize(1);
    }

    @Test
    void whatCouldNotBeDeliveredInTimeIsADeadLetterWithThatReason() throws Exception {
        MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        town.withClock(clock).start();
        assertThat(town.command("lanes", "hold", "direct").exitCode()).isZero();
        Instant end = clock.instant().plusSeconds(10);
        town.publish("{\"to\": \"anna@contoso.example\", \"text\": \"offer\", \"expires\": \"%s\"}".formatted(end));
        town.awaitEvent(Kind.RECEIVED);
        clock.set(end.minusMillis(1));
        assertThat(town.events(Kind.DEAD)).isEmpty();

        clock.set(end.plusSeconds(4));

        DeliveryEvent dead = town.awaitEvent(Kind.DEAD);
        assertThat(dead.reason())
                .isEqualTo("expired: it could not be delivered before " + end + ", as its application asked");
        assertThat(dead.time()).isEqualTo(end.plusSeconds(4));
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
