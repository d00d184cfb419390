package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.letter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.notice.LoopbackHook;
import org.mailchute.notice.Matter;
import org.mailchute.notice.NoticeBook;
import org.mailchute.notice.NoticePlan;
import org.mailchute.settings.SettingsReader;
import org.mailchute.simulator.Received;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Somebody is told, by mail and by webhook. */
class NoticeJourneyTest {
    private static final String ADMINISTRATOR = "notices: {from: mailchute@contoso.example, to: admin@contoso.example}";

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
            // of a sender with no part in the storm, which a slow machine delays too
            town.publish(letter("anna@contoso.example").replaceFirst("\\{", "{\"from\": \"clerk@contoso.example\", "));
            assertThat(awaitTold("clerk@contoso.example", "Subject: Not delivered yet: Reminder"))
                    .contains("Action: delayed", "held by ", "anna@contoso.example");
            town.command("lanes", "release", "direct");
            awaitTold("admin@contoso.example", "Over: Lane direct is held");

            town.publish(letter("buyer@fabrikam.example"));
            awaitTold("admin@contoso.example", "The budget of lane mailbox will not last the day");
            Files.delete(town.folder("cellar"));
            awaitTold("admin@contoso.example", "Intake cellar cannot be polled");

            assertThat(told("scanner@contoso.example", "Subject: Not delivered: "))
                    .hasSize(1);
            await("it is posted too").until(() -> hook.taken().toString().contains("Over: Lane direct is held"));
            assertThat(hook.taken())
                    .as("each once")
                    .doesNotHaveDuplicates()
                    .filteredOn(text -> text.contains("Over: Lane direct is held"))
                    .hasSize(1);
        }
    }

    @Test
    void whatFailsIsToldToItsSenderWithItsHeader() throws Exception {
        town.withSection(ADMINISTRATOR)
                .withRule("{from: mailchute@contoso.example, domain: contoso.example, lane: mailbox}")
                .start();
        town.publish(letter("leaver@contoso.example"));
        assertThat(awaitTold("scanner@contoso.example", "Subject: Not delivered: Reminder"))
                .contains(
                        "Content-Type: multipart/report",
                        "Final-Recipient: rfc822; leaver@contoso.example",
                        "Action: failed",
                        "Status: 5.1.10",
                        "Content-Type: text/rfc822-headers");
        assertThat(town.received()).singleElement().satisfies(notice -> {
            assertThat(notice.option()).isEqualTo("submission");
            assertThat(notice.mailFrom()).as("who logs in").isEqualTo("scanner@contoso.example");
        });
    }

    /** The file as it was before: what a crash in between leaves. */
    @Test
    @DisplayName("P3: a notice that was handed in before a crash is sent once")
    void aNoticeThatWasHandedInBeforeACrashIsSentOnce() throws Exception {
        town.withSection(ADMINISTRATOR);
        Path file = town.home().resolve("notices.json");
        NoticePlan plan = SettingsReader.read(town.settings(), Map.of()).notices();
        NoticeBook before = NoticeBook.open(file, () -> plan, Clock.systemUTC());
        before.note(new Matter(
                Matter.What.FAILED,
                DeliveryEvent.of(Kind.DEAD, Instant.EPOCH)
                        .message("00MFX2K1AB7Q0Z9A", "", "jms:applications", 1)
                        .envelope("scanner@contoso.example", List.of("leaver@contoso.example"))
                        .because("", "Unknown.", "")
                        .event()));
        before.save();
        byte[] untold = Files.readAllBytes(file);
        town.start();
        awaitTold("scanner@contoso.example", "Unknown.");
        town.stop();
        Files.write(file, untold);
        town.start();
        town.command("lanes", "hold", "connector");
        awaitTold("admin@contoso.example", "Lane connector is held");
        assertThat(told("scanner@contoso.example", "Unknown.")).hasSize(1);
    }
}
