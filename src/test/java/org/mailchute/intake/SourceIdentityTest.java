package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

/** Whatever comes anew has a queue id of its own, so no two of these tickets have the same. */
class SourceIdentityTest {
    private static Ticket ticket(String intake, String sha256, Optional<Ticket.ReadyMade> readyMade) {
        MailAddress author = MailAddress.parse("a@contoso.example");
        return new Ticket(
                QueueId.next(Clock.systemUTC()),
                "<1@g.example>",
                RequestTexts.NOON,
                new Ticket.Source("ftp", intake, "scan.pdf", ""),
                ReversePath.NULL,
                List.of(ForwardPath.parse("b@contoso.example")),
                new Ticket.Header(author, "", List.of(), List.of(), Optional.empty(), "s", Map.of()),
                "",
                Optional.empty(),
                List.of(new Ticket.Payload("scan.pdf", "application/pdf", 1, sha256)),
                Priority.NORMAL,
                readyMade);
    }

    private static Ticket ticket(String intake, String sha256) {
        return ticket(intake, sha256, Optional.empty());
    }

    private static Ticket readyMade(String intake, Optional<String> identity) {
        return ticket(intake, "00", Optional.of(new Ticket.ReadyMade(false, List.of(), identity, false)));
    }

    @Test
    void inputThatTellsNothingOfItselfIsAlwaysNewButForItsOwnRecovery() {
        Ticket ticket = ticket("plant", "00");
        assertThat(SourceIdentity.OWN.duplicateId(ticket))
                .isEqualTo(SourceIdentity.OWN.duplicateId(ticket))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(SourceIdentity.OWN.duplicateId(ticket("plant", "00")));
    }

    @Test
    void aReadyMadeMessageIsTheSameByItsContentInOneIntake() {
        String first = SourceIdentity.OWN.duplicateId(readyMade("desk", Optional.of("x")));
        assertThat(SourceIdentity.OWN.duplicateId(readyMade("desk", Optional.of("x"))))
                .isEqualTo(first);
        assertThat(SourceIdentity.OWN.duplicateId(readyMade("desk", Optional.of("y"))))
                .isNotEqualTo(first);
        assertThat(SourceIdentity.OWN.duplicateId(readyMade("other", Optional.of("x"))))
                .isNotEqualTo(first);
        assertThat(SourceIdentity.OWN.duplicateId(readyMade("desk", Optional.empty())))
                .isNotEqualTo(SourceIdentity.OWN.duplicateId(readyMade("desk", Optional.empty())));
    }

    @Test
    void aFileOnAServerIsTheSameWhileItsListingAndItsContentAre() {
        SourceIdentity file = SourceIdentity.ofFile("out/scan.pdf", 1_000, 1);
        String first = file.duplicateId(ticket("plant", "00"));
        assertThat(SourceIdentity.ofFile("out/scan.pdf", 1_000, 1).duplicateId(ticket("plant", "00")))
                .isEqualTo(first);
        assertThat(List.of(
                        file.whole(ticket("plant", "01")),
                        file.whole(ticket("other", "00")),
                        SourceIdentity.ofFile("out/scan2.pdf", 1_000, 1).whole(ticket("plant", "00")),
                        SourceIdentity.ofFile("out/scan.pdf", 2_000, 1).whole(ticket("plant", "00")),
                        SourceIdentity.ofFile("out/scan.pdf", 1_000, 2).whole(ticket("plant", "00"))))
                .doesNotContain(file.whole(ticket("plant", "00")))
                .doesNotHaveDuplicates();
    }

    @Test
    void aRequestIsTheSameInTheMessageItCameInAndOneWithoutIdIsNotCompared() {
        Ticket ticket = ticket("billing", "00");
        String first = SourceIdentity.ofRequest("billing", "7", "hash", "ID:1").duplicateId(ticket);
        assertThat(SourceIdentity.ofRequest("billing", "7", "hash", "ID:1").duplicateId(ticket("billing", "00")))
                .isEqualTo(first);
        assertThat(SourceIdentity.ofRequest("billing", "7", "hash", "ID:2").duplicateId(ticket))
                .isNotEqualTo(first);
        assertThat(SourceIdentity.ofRequest("billing", "", "hash", "ID:1").duplicateId(ticket))
                .isNull();
    }
}
