package org.mailchute.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.IntakeRule;
import org.mailchute.settings.yaml.Section;

/** Looks whether what an intake says by itself would get through: else every scan of it would be refused. */
record IntakeWarnings(Forecast forecast) {
    void tell(List<IntakeSettings.Written> intakes) {
        intakes.forEach(intake -> intake.plan().rules().forEach(rule -> tell(intake.section(), rule)));
    }

    private void tell(Section section, IntakeRule rule) {
        List<MailAddress> recipients = new ArrayList<>(rule.to());
        recipients.addAll(rule.cc());
        recipients.addAll(rule.bcc());
        recipients.stream().map(ForwardPath::new).distinct().forEach(recipient -> {
            if (forecast.decide(rule.from(), recipient).isEmpty()) {
                section.warning("to", '"' + recipient.toString() + '"', "a recipient that a rule of next-hop covers");
            }
            refusal(rule.from(), rule.reversePath(), recipient)
                    .ifPresent(why -> section.warning("from", why, "what accept allows"));
        });
    }

    private Optional<String> refusal(MailAddress from, ReversePath reversePath, ForwardPath recipient) {
        return forecast.refusal(Forecast.ticket(from, reversePath, List.of(recipient), 0))
                .map(refused -> "a rule that would be refused (" + refused.reason() + ")");
    }
}
