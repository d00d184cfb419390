package org.mailchute.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.EntraApp;
import org.mailchute.credentials.EntraTokenSource;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.credentials.SecretText;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.credentials.TlsSource;
import org.mailchute.credentials.TokenSource;
import org.mailchute.envelope.MailAddress;
import org.mailchute.limits.SendingLimits;
import org.mailchute.reply.Option;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Service;
import org.mailchute.smtp.Servers;
import org.mailchute.smtp.SmtpPeer;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.smtp.SmtpPeer.Tls;
import org.mailchute.testing.LoopbackDns;
import org.mailchute.testing.Patience;
import org.xbill.DNS.Resolver;

/** Makes patients of contoso.example, and has them examined. */
final class Clinic {
    /** For a server or DNS that is silent on purpose. */
    static final Duration SHORT = Duration.ofMillis(300);

    private static final LoopbackDns HEALTHY = healthy();
    static final Tenant TENANT = new Tenant(
            Set.of("contoso.example"),
            false,
            List.of("smtp.office365.com"),
            List.of("mail.protection.outlook.com", "mx.microsoft"),
            "spf.protection.outlook.com");
    static final MailAddress SCANNER = MailAddress.parse("scanner@contoso.example");

    private final Clock clock;
    private final Path trust;
    private final Zone zone;
    private final Duration patience;

    /**
     * With a domain whose records are as they should be.
     *
     * @param trust authorities of the server
     */
    Clinic(Clock clock, Path trust) {
        this(clock, trust, HEALTHY.resolver());
    }

    Clinic(Clock clock, Path trust, Resolver dns) {
        this(clock, trust, dns, Patience.LONGEST);
    }

    private Clinic(Clock clock, Path trust, Resolver dns, Duration patience) {
        this.zone = new Zone(dns, Patience.LONGEST);
        this.patience = patience;
        this.clock = clock;
        this.trust = trust;
    }

    private static LoopbackDns healthy() {
        try {
            return Records.healthy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that waits for no server that is silent. */
    Clinic impatient() {
        return new Clinic(clock, trust, HEALTHY.resolver(), SHORT);
    }

    private SmtpPeer peer(String host, int port, Tls tls, TlsSource context, Proof proof) {
        return new SmtpPeer(
                host,
                port,
                Servers.of(host, false),
                "gateway.contoso.example",
                tls,
                context,
                proof,
                Optional.empty(),
                new SmtpPeer.Times(patience, patience, patience, 10, patience, patience));
    }

    Patient direct(String host, int port) {
        return new Patient(
                "direct",
                Option.DIRECT_SEND,
                Service.EXCHANGE_ONLINE,
                false,
                peer(host, port, Tls.OPTIONAL, TlsContexts::trustingAll, new Proof.Anonymous()),
                Optional.of(trust),
                Optional.empty(),
                Optional.empty(),
                new SendingLimits(8, 0, 0, 0, 200, 35 << 20),
                List.of(),
                SCANNER,
                plan(List.of()));
    }

    /** By certificate, to anybody. */
    Patient relay(String host, int port, CertificateFiles files) {
        return relay(host, port, Optional.of(files));
    }

    /** By address, to anybody. */
    Patient relay(String host, int port) {
        return relay(host, port, Optional.empty());
    }

    private Patient relay(String host, int port, Optional<CertificateFiles> files) {
        return new Patient(
                "connector",
                Option.RELAY,
                Service.EXCHANGE_ONLINE,
                false,
                peer(host, port, Tls.REQUIRED, new RenewedTls(Optional.of(trust), files, clock), new Proof.Anonymous()),
                Optional.of(trust),
                files,
                Optional.empty(),
                new SendingLimits(8, 0, 0, 0, 200, 35 << 20),
                List.of(),
                SCANNER,
                plan(List.of("*")));
    }

    Patient submission(String host, int port, Proof proof, Optional<EntraApp> app) {
        return new Patient(
                "mailbox",
                Option.SUBMISSION,
                Service.EXCHANGE_ONLINE,
                false,
                peer(host, port, Tls.REQUIRED, new RenewedTls(Optional.of(trust), Optional.empty(), clock), proof),
                Optional.of(trust),
                Optional.empty(),
                app,
                new SendingLimits(2, 30, 0, 10_000, 500, 35 << 20),
                List.of(),
                SCANNER,
                plan(List.of("*")));
    }

    /** By the real msal4j. */
    Patient app(int port, String authority, String secret) {
        EntraApp app = new EntraApp(
                authority,
                "11111111-2222-3333-4444-555555555555",
                new AppProof.Secret(new SecretText(secret)),
                "https://outlook.office365.com/.default");
        TlsSource tls = new RenewedTls(Optional.of(trust), Optional.empty(), clock);
        return submission(
                "localhost",
                port,
                new Proof.OAuth(SCANNER.toString(), EntraTokenSource.of(app, tls, patience, clock)),
                Optional.of(app));
    }

    Patient token(int port, TokenSource token) {
        return submission("localhost", port, new Proof.OAuth(SCANNER.toString(), token), Optional.empty());
    }

    private static Plan plan(List<String> outside) {
        return new Plan(List.of(), outside, List.of(), List.of(), 2, 30, 0, 10_000);
    }

    /** The same, otherwise noted. */
    static Patient with(Patient patient, List<String> egress, Plan plan) {
        return patient(patient, patient.service(), egress, plan);
    }

    /** The same, of another service. */
    static Patient of(Service service, Patient patient) {
        return patient(patient, service, patient.egress(), patient.plan());
    }

    private static Patient patient(Patient patient, Service service, List<String> egress, Plan plan) {
        return new Patient(
                patient.lane(),
                patient.option(),
                service,
                patient.mx(),
                patient.peer(),
                patient.trust(),
                patient.certificate(),
                patient.app(),
                patient.limits(),
                egress,
                patient.sender(),
                plan);
    }

    List<Check> examine(Patient patient) throws Exception {
        return examine(patient, Extras.NONE);
    }

    List<Check> examine(Patient patient, Extras extras) throws Exception {
        return new Doctor(TENANT, ReplyTable.load(), zone, clock, patience, extras)
                .examine(List.of(patient))
                .get(0)
                .checks();
    }

    static List<Check> of(List<Check> checks, Topic topic) {
        return checks.stream().filter(check -> check.topic() == topic).toList();
    }

    /** Of several results of one topic, the worst. */
    static Check worst(List<Check> checks, Topic topic) {
        return of(checks, topic).stream()
                .reduce((one, other) -> one.status().compareTo(other.status()) >= 0 ? one : other)
                .orElseThrow(() -> new AssertionError("no result of " + topic + " in " + checks));
    }
}
