package org.mailchute.gateway;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.MailAddress;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.Refused;
import org.mailchute.listener.Handover;
import org.mailchute.listener.ListenerPlan;
import org.mailchute.listener.ListenerServer;
import org.mailchute.listener.Policy;
import org.mailchute.listener.UnknownDevices;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SmtpIntake;

/** The SMTP listeners of the settings. */
final class SmtpWiring {
    private SmtpWiring() {}

    /** @throws IOException when it cannot listen */
    static ListenerServer start(SmtpIntake intake, Settings settings, AcceptPolicy accept, Handover inbox, Clock clock)
            throws IOException {
        return ListenerServer.start(plan(intake, settings, clock), policy(intake, accept), inbox, clock);
    }

    private static ListenerPlan plan(SmtpIntake intake, Settings settings, Clock clock) throws IOException {
        return new ListenerPlan(
                intake.name(),
                settings.name(),
                intake.host(),
                intake.port(),
                intake.legacyPort(),
                intake.certificate().map(files -> RenewedTls.serving(files, clock)),
                intake.tls() == SmtpIntake.Tls.REQUIRED,
                intake.networks(),
                intake.logins(),
                intake.loginWithoutTls(),
                intake.nullSender(),
                intake.rule().maxBytes(),
                intake.rule().maxRecipients(),
                intake.maxConnections(),
                intake.maxConnectionsPerAddress(),
                intake.idle(),
                intake.sessionAge(),
                intake.loginDelay(),
                intake.rule().charset(),
                intake.learning()
                        ? Optional.of(UnknownDevices.open(
                                settings.home(),
                                intake.name(),
                                intake.logins().isEmpty() ? intake.networks() : List.of()))
                        : Optional.empty());
    }

    private static Policy policy(SmtpIntake intake, AcceptPolicy accept) {
        return new Policy() {
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
        };
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
