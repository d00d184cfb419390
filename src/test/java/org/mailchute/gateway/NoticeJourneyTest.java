package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.letter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.notice.LoopbackHook;
import org.mailchute.simulator.Received;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Somebody is told, by mail and by webhook. */
class NoticeJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    private void open(LoopbackHook hook) throws Exception {
        Path url = Files.writeString(town.folder("secrets").resolve("hook"), hook.url());
        town.withSection(
                        "notices: {from: mailchute@contoso.example, to: admin@contoso.example, delay: 1m, digest: 7d, webhook: {url: \"${file:%s}\", local: true, trust: \"%s\"}}"
                                .formatted(url, hook.trust()))
                .withRule("{from: mailchute@contoso.example, domain: contoso.example, lane: [direct, connector]}")
                .withoutWaits()
                .start();
    }

    private List<String> told(String to, String subject) {
        return town.received().stream()
                .filter(mail -> mail.recipients().contains(to))
                .map(Letters::text)
                .map(text -> text.replace("=\r\n", ""))
                .filter(text -> text.contains(subject))
                .toList();
    }

    private String awaitTold(String to, String subject) {
        return await(subject)
                .until(() -> told(to, subject), found -> !found.isEmpty())
                .get(0);
    }

    @Test
    void aStormMakesOneMailToItsSenderAndTheAdministratorLearnsWhatHeMustSeeTo() throws Exception {
        try (LoopbackHook hook = new LoopbackHook(town.root(), "localhost").refusing(503, 503)) {
            town.withFolder("cellar", "").withMailboxOptions("messagesPerMinute: 0, recipientsPerDay: 1");
            town.withCertificateUntil(Instant.now().plus(Duration.ofDays(2)));
            open(hook);
            awaitTold("admin@contoso.example", "The certificate or secret of lane connector ends at ");
            for (int number = 0; number < 40; number++) {
                town.publish(letter("leaver@contoso.example"));
            }
            assertThat(awaitTold("scanner@contoso.example", "Subject: Not delivered: "))
                    .contains("Auto-Submitted: auto-", "The recipient does not exist.", "Correct the address");
            awaitTold("admin@contoso.example", "Dead letters pile up");
            await("posted once it was taken")
                    .until(() -> hook.taken().toString().contains("Dead letters pile up"));
            await().until(() -> town.events(Kind.DEAD).size() == 40);
            assertThat(town.received()).extracting(Received::mailFrom).containsOnly("");

            town.command("lanes", "hold", "direct");
            awaitTold("admin@contoso.example", "Lane direct is held");
            assertThat(town.received().get(town.received().size() - 1).option())
                    .as("by the other lane")
                    .isEqualTo("relay");
            town.publish(letter("anna@contoso.example"));
            assertThat(awaitTold("scanner@contoso.example", "Subject: Not delivered yet: Reminder"))
                    .contains("Action: delayed", "an administrator holds it", "anna@contoso.example");
            town.command("lanes", "release", "direct");
            awaitTold("admin@contoso.example", "Over: Lane direct is held");

            town.publish(letter("buyer@fabrikam.example"));
            awaitTold("admin@contoso.example", "The budget of lane mailbox will not last the day");
            Files.delete(town.folder("cellar"));
            awaitTold("admin@contoso.example", "Intake cellar cannot be polled");

            assertThat(told("scanner@contoso.example", "Subject: Not delivered: "))
                    .hasSize(1);
            assertThat(hook.taken())
                    .as("each once")
                    .doesNotHaveDuplicates()
                    .filteredOn(text -> text.contains("Over: Lane direct is held"))
                    .hasSize(1);
        }
    }

    @Test
    void aScanThatFailsIsToldToItsSenderWithItsHeaderAndARestartTellsItOnce() throws Exception {
        town.withSection("notices: {from: mailchute@contoso.example, to: admin@contoso.example}")
                .start();
        town.publish(letter("leaver@contoso.example"));
        String told = awaitTold("scanner@contoso.example", "Subject: Not delivered: Reminder");
        assertThat(told)
                .contains(
                        "Content-Type: multipart/report",
                        "Final-Recipient: rfc822; leaver@contoso.example",
                        "Action: failed",
                        "Status: 5.1.10",
                        "Content-Type: text/rfc822-headers");
        town.stop();
        town.start();
        town.publish(letter("anna@contoso.example"));
        await().until(() ->
                town.received().stream().anyMatch(mail -> mail.recipients().contains("anna@contoso.example")));
        town.command("lanes", "hold", "connector");
        awaitTold("admin@contoso.example", "Lane connector is held");
        assertThat(told("scanner@contoso.example", "Not delivered: Reminder")).hasSize(1);
    }
}
