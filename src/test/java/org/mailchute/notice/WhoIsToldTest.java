package org.mailchute.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailchute.envelope.MailAddress;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

class WhoIsToldTest {
    private static final MailAddress DESK = MailAddress.parse("desk@contoso.example");
    private static final MailAddress SCANNER = MailAddress.parse("scanner@contoso.example");
    private static final WhoIsTold ADDRESSEES = new WhoIsTold(Plans.with(Map.of(
            "folder:scans", new NoticePlan.Owner(DESK, Optional.of(SCANNER)),
            "smtp:devices", new NoticePlan.Owner(DESK, Optional.empty()))));

    private static Optional<String> told(String source, String from) {
        return ADDRESSEES
                .of(DeliveryEvent.of(Kind.DEAD, Instant.EPOCH)
                        .message("00MFX2K1AB7Q0Z9A", "", source, 1)
                        .envelope(from, List.of("leaver@contoso.example"))
                        .event())
                .map(MailAddress::toString);
    }

    @Test
    void theSenderIsToldWhereItIsAMailboxOfAnOwnDomain() {
        assertThat(told("jms:applications", "erp@contoso.example")).contains("erp@contoso.example");
        assertThat(told("smtp:devices", "anna@contoso.example")).contains("anna@contoso.example");
    }

    @Test
    void whoIsNoneOfOursIsNeverToldWhateverTheMessageSays() {
        assertThat(told("jms:applications", "victim@elsewhere.example")).isEmpty();
        assertThat(told("jms:applications", "victim@contoso.example.elsewhere.example"))
                .isEmpty();
        assertThat(told("smtp:devices", "victim@elsewhere.example")).contains("desk@contoso.example");
    }

    @Test
    void anIntakesOwnerIsToldInPlaceOfADeviceThatReadsNoMail() {
        assertThat(told("folder:scans", "scanner@contoso.example")).contains("desk@contoso.example");
        assertThat(told("folder:scans", "anna@contoso.example")).contains("anna@contoso.example");
    }

    @Test
    void aMessageWithoutASenderIsTheOwnersOrTheAdministrators() {
        assertThat(told("smtp:devices", "")).contains("desk@contoso.example");
        assertThat(told("jms:applications", "")).isEmpty();
    }
}
