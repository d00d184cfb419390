package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
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
    static final Town town = new Town().forgetful();

    @RegisterExtension
    final Town other = new Town();

    @BeforeAll
    static void open() throws Exception {
        town.withIntake(
                        "    - {name: letters, queue: mail.letters, from: billing@contoso.example, templates: \"%s\", references: \"%s\"}%n"
                                .formatted(town.folder("templates"), town.folder("documents")))
                .start();
    }

    @Test
    void aRequestNamesATemplateAndAFile() throws Exception {
        Files.writeString(town.folder("templates").resolve("reminder.subject"), "Invoice ${number}");
        Files.writeString(town.folder("templates").resolve("reminder.html"), "<p>Dear ${name}</p>");
        Files.writeString(town.folder("documents").resolve("4711.txt"), "100 EUR");
        town.publish("mail.letters", """
                {"version": 1, "to": "anna@contoso.example", "template": "reminder",
                 "fields": {"number": 4711, "name": "B & Co"}, "attachments": [{"reference": "4711.txt"}]}""");

        assertThat(Letters.text(town.awaitReceived(1).get(0)))
                .contains("Subject: Invoice 4711", "<p>Dear B &amp; Co</p>", "4711.txt", "MTAwIEVVUg==");
        assertThat(town.folder("documents").resolve("4711.txt")).hasContent("100 EUR");
    }

    @Test
    void aFileOutsideItsFolderIsRefusedThroughTheRealRoute() throws Exception {
        town.publish("mail.letters", """
                {"to": "anna@contoso.example", "attachments": [{"reference": "../mailchute.yaml"}]}""");

        assertThat(town.awaitEvent(Kind.REFUSED).reason()).contains("not the name of a file below");
        assertThat(FilesIn.folder(town.home().resolve("messages"))).isEmpty();
    }

    @Test
    void whatIsNotToLeaveYetWaitsThroughARestart() throws Exception {
        other.start();
        Instant soon = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        Instant late = soon.plus(Duration.ofHours(1));
        other.publish("{\"to\": \"anna@contoso.example\", \"text\": \"soon\", \"notBefore\": \"%s\"}".formatted(soon));
        other.publish("{\"to\": \"anna@contoso.example\", \"text\": \"late\", \"notBefore\": \"%s\"}".formatted(late));
        await("both are taken").until(() -> other.events(Kind.RECEIVED).size() == 2);
        other.stop();
        other.start();

        Received mail = other.awaitReceived(1).get(0);

        assertThat(mail.at()).isAfterOrEqualTo(soon);
        assertThat(Letters.text(mail)).contains("soon");
        await("the other waits").until(() -> other.gateway().waiting("direct") == 1);
        assertThat(other.received()).hasSize(1);
    }

    @Test
    void whatCouldNotBeDeliveredInTimeIsADeadLetterWithThatReason() throws Exception {
        MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        other.withClock(clock).start();
        assertThat(other.command("lanes", "hold", "direct").exitCode()).isZero();
        Instant end = clock.instant().plusSeconds(10);
        other.publish("{\"to\": \"anna@contoso.example\", \"text\": \"offer\", \"expires\": \"%s\"}".formatted(end));
        other.awaitEvent(Kind.RECEIVED);
        clock.set(end.minusMillis(1));
        assertThat(other.events(Kind.DEAD)).isEmpty();

        clock.set(end.plusSeconds(4));

        DeliveryEvent dead = other.awaitEvent(Kind.DEAD);
        assertThat(dead.reason())
                .isEqualTo("expired: it could not be delivered before " + end + ", as its application asked");
        assertThat(dead.time()).isEqualTo(end.plusSeconds(4));
        assertThat(other.received()).isEmpty();
    }

    @Test
    void anApplicationMayChooseAmongTheWaysTheSettingsAllowAndNoOthers() throws Exception {
        assertThat(town.ask("{\"to\": \"anna@contoso.example\", \"text\": \"x\", \"senderPolicy\": \"rewrite\"}"))
                .contains("REFUSED", "does not send as senderPolicy");
        town.publish("{\"to\": \"anna@contoso.example\", \"text\": \"x\", \"senderPolicy\": \"send-as\"}");

        await("sent").until(() -> town.received().size() == 1);
    }
}
