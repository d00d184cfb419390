package org.mailchute.notice;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailchute.envelope.MailAddress;

/** Plans as tests need them. */
final class Plans {
    static final NoticePlan USUAL = with(Map.of());

    private Plans() {}

    static NoticePlan with(Map<String, NoticePlan.Owner> owners) {
        return new NoticePlan(
                Optional.of(MailAddress.parse("mailchute@contoso.example")),
                Optional.of(MailAddress.parse("admin@contoso.example")),
                Optional.empty(),
                Duration.ofHours(4),
                Duration.ofHours(1),
                20,
                owners,
                Set.of("contoso.example"));
    }
}
