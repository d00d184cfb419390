package org.mailchute.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.EntraApp;
import org.mailchute.doctor.Patient;
import org.mailchute.doctor.Plan;
import org.mailchute.doctor.Tenant;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.MailAddress;
import org.mailchute.intake.IntakeRule;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.Rule;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.settings.CloudNames;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.Login;
import org.mailchute.settings.Settings;

/** What the settings say, in the doctor's words. */
final class Patients {
    private final Settings settings;
    private final Duration timeout;
    private final LaneFactory lanes;

    Patients(Settings settings, Surroundings surroundings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
        this.lanes = new LaneFactory(settings, surroundings, HomeHold.alone(settings.home()));
    }

    Tenant tenant() {
        CloudNames cloud = settings.cloud();
        return new Tenant(
                settings.domains(), anySender(), cloud.submissionHosts(), cloud.mxSuffixes(), cloud.spfInclude());
    }

    Patient patient(Settings.Lane lane) {
        return new Patient(
                lane.name(),
                lane.nextHop().option(),
                lane.nextHop().service(),
                lane.mx(),
                lanes.peer(lane, lane.times().within(timeout)),
                lane.trust(),
                certificate(lane),
                app(lane),
                lane.limits(),
                lane.egress(),
                sender(lane),
                plan(lane));
    }

    private static Optional<CertificateFiles> certificate(Settings.Lane lane) {
        return lane.login() instanceof Login.ClientCertificate certificate
                ? Optional.of(certificate.files())
                : Optional.empty();
    }

    private Optional<EntraApp> app(Settings.Lane lane) {
        return lane.login() instanceof Login.App app
                ? Optional.of(new EntraApp(app.authority(), app.clientId(), app.proof(), app.scope(), settings.proxy()))
                : Optional.empty();
    }

    /** As whom the probe speaks. */
    private MailAddress sender(Settings.Lane lane) {
        return lane.login()
                .sendsAs()
                .or(() -> settings.rules().map(IntakeRule::from).findFirst())
                .orElseGet(() -> new MailAddress(
                        "postmaster", settings.domains().stream().findFirst().orElse("invalid.invalid")));
    }

    private Plan plan(Settings.Lane lane) {
        SendingLimits limits = MailboxShares.limits(settings.lanes(), lane);
        return new Plan(
                sendsAs(lane),
                rulesOf(lane)
                        .map(Rule::pattern)
                        .filter(this::outside)
                        .distinct()
                        .toList(),
                rulesOf(lane).flatMap(rule -> after(rule, lane)).distinct().toList(),
                settings.lanes().stream()
                        .filter(other -> other != lane && MailboxShares.same(other, lane))
                        .map(Settings.Lane::name)
                        .toList(),
                limits.sessions(),
                limits.messagesPerMinute(),
                limits.messagesPerHour(),
                limits.recipientsPerDay());
    }

    /** Only where the sender stays as it is. */
    private List<String> sendsAs(Settings.Lane lane) {
        if (lane.sender().kind() != SenderPolicy.Kind.SEND_AS) {
            return List.of();
        }
        String mailbox = lane.login().sendsAs().map(MailAddress::toString).orElse("");
        return settings.rules()
                .map(rule -> rule.from().toString())
                .filter(from -> !from.equalsIgnoreCase(mailbox))
                .distinct()
                .toList();
    }

    private Stream<Rule> rulesOf(Settings.Lane lane) {
        return settings.routing().stream().filter(rule -> rule.lanes().contains(lane.name()));
    }

    private static Stream<String> after(Rule rule, Settings.Lane lane) {
        return rule.lanes().stream().skip(rule.lanes().indexOf(lane.name()) + 1L);
    }

    private boolean outside(String pattern) {
        return !settings.domains().contains(pattern.replaceFirst("^\\*\\.", ""));
    }

    /** Folders that mail comes from or rests in. */
    List<Path> folders() {
        return Stream.concat(settings.intakes().stream().flatMap(IntakePlan::watched), Stream.of(settings.home()))
                .toList();
    }

    private boolean anySender() {
        return settings.policy().senders().stream()
                .map(AddressPattern::pattern)
                .anyMatch(pattern -> pattern.equals("*") || pattern.endsWith("@*"));
    }
}
