package org.mailchute.intakes;

import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.MailAddress;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.Refused;
import org.mailchute.listener.Policy;
import org.mailchute.settings.IntakePlan;

/** What a listener answers to MAIL and RCPT: its own lists first, then accept's. */
record WhoMaySend(IntakePlan.Smtp intake, AcceptPolicy accept) implements Policy {
    @Override
    public Optional<String> sender(MailAddress sender) {
        return among(intake.rule().senders(), sender, " may not send by intake " + intake.name())
                .or(() -> refusal(() -> accept.sender(sender)));
    }

    @Override
    public Optional<String> recipient(MailAddress recipient) {
        return among(intake.recipients(), recipient, " gets no mail by intake " + intake.name())
                .or(() -> refusal(() -> accept.recipient(recipient)));
    }

    private static Optional<String> among(List<AddressPattern> allowed, MailAddress address, String why) {
        boolean fine = allowed.isEmpty() || allowed.stream().anyMatch(pattern -> pattern.matches(address));
        return fine ? Optional.empty() : Optional.of(address + why);
    }

    /** Asks accept. */
    @FunctionalInterface
    private interface Check {
        void run() throws Refused;
    }

    private static Optional<String> refusal(Check check) {
        try {
            check.run();
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.reason());
        }
    }
}
