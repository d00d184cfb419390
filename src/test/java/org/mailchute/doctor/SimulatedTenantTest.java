package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.SecretText;
import org.mailchute.reply.Service;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.Scenario;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.testing.DeadPort;

/** Against the simulator: a healthy tenant, and the faults it can play. */
class SimulatedTenantTest {
    private final Clock clock = Clock.systemUTC();

    @TempDir
    Path folder;

    private DemoAuthority authority;
    private Clinic clinic;
    private ExchangeOnline microsoft365;

    @BeforeEach
    void open() throws Exception {
        authority = DemoAuthority.create(folder, "contoso.example");
        clinic = new Clinic(clock, folder.resolve("ca.pem"));
        authority.writeClient(folder, "long", "contoso.example", clock.instant().plusSeconds(100 * 86_400));
        begin(Scenario.standard());
    }

    @AfterEach
    void close() throws Exception {
        microsoft365.close();
    }

    private void begin(Scenario scenario) throws Exception {
        microsoft365 = ExchangeOnline.start(scenario, authority, folder.resolve("mail"));
    }

    private void again(Scenario scenario) throws Exception {
        microsoft365.close();
        begin(scenario);
    }

    private CertificateFiles files(String name) {
        return new CertificateFiles.Pem(folder.resolve(name + "-chain.pem"), folder.resolve(name + "-key.pem"));
    }

    private List<Check> relay(String name) throws Exception {
        return clinic.examine(clinic.relay("localhost", microsoft365.mxPort(), files(name)));
    }

    private List<Check> direct() throws Exception {
        return clinic.examine(clinic.direct("localhost", microsoft365.mxPort()));
    }

    private List<Check> mailbox(String secret) throws Exception {
        return clinic.examine(clinic.app(
                microsoft365.submissionPort(), microsoft365.tokenEndpoint().toString(), secret));
    }

    private static void assertHealthy(List<Check> checks, Topic... looked) {
        assertThat(checks).extracting(Check::topic).contains(looked);
        // loopback has no reverse name
        assertThat(checks)
                .filteredOn(check -> check.topic() != Topic.PTR && check.topic() != Topic.BLOCK_LISTS)
                .extracting(Check::status)
                .containsOnly(Status.OK, Status.INFO);
    }

    @Test
    void aHealthyAccountOfHighVolumeEmailAndAnApplicationOfCommunicationServicesAreFoundHealthy() throws Exception {
        Patient hve = clinic.submission(
                "localhost",
                microsoft365.hvePort(),
                new Proof.Password("hve@contoso.example", new SecretText("demo-hve-password")),
                Optional.empty());
        assertThat(clinic.examine(Clinic.of(Service.HVE, hve)))
                .filteredOn(check -> check.topic() == Topic.LOGIN || check.topic() == Topic.REACHED)
                .extracting(Check::status)
                .containsOnly(Status.OK);
        Patient acs = clinic.submission(
                "localhost",
                microsoft365.acsPort(),
                new Proof.Password("contoso-smtp", new SecretText("no secret of theirs")),
                Optional.empty());
        Check refused = Clinic.worst(clinic.examine(Clinic.of(Service.ACS, acs)), Topic.LOGIN);
        assertThat(refused.remedy()).contains("Communication and Email Service Owner");
    }

    @Test
    void aHealthyMailboxIsFoundHealthy() throws Exception {
        assertHealthy(
                mailbox("demo-client-secret"),
                Topic.REACHED,
                Topic.TLS,
                Topic.AUTH_OFFERED,
                Topic.SIZE,
                Topic.TOKEN,
                Topic.LOGIN,
                Topic.CLOCK);
    }

    @Test
    void healthyDirectSendIsFoundHealthy() throws Exception {
        assertHealthy(direct(), Topic.REACHED, Topic.TLS, Topic.FAMILY, Topic.EGRESS, Topic.PROBE);
    }

    @Test
    void aHealthyRelayIsFoundHealthy() throws Exception {
        List<Check> checks = relay("long");
        assertHealthy(checks, Topic.REACHED, Topic.TLS, Topic.CERTIFICATE, Topic.CERTIFICATE_ASKED, Topic.PROBE);
        assertThat(Clinic.of(checks, Topic.PROBE)).extracting(Check::seen).anyMatch(seen -> seen.contains("outside"));
    }

    @Test
    void noMessageIsSent() throws Exception {
        relay("long");
        direct();
        mailbox("demo-client-secret");
        assertThat(microsoft365.received()).isEmpty();
        assertThat(microsoft365.commands()).noneMatch(command -> command.contains("DATA"));
    }

    @Test
    void aWrongClientSecretIsAnErrorAndTheLoginNotChecked() throws Exception {
        List<Check> checks = mailbox("wrong-client-secret");
        assertThat(Clinic.worst(checks, Topic.TOKEN).status()).isEqualTo(Status.ERROR);
        assertThat(Clinic.worst(checks, Topic.TOKEN).seen()).contains("the client secret is wrong");
        assertThat(Clinic.worst(checks, Topic.LOGIN).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(Clinic.worst(checks, Topic.LOGIN).seen()).isEqualTo("not checked, because there is no token");
    }

    @Test
    void aMailboxWithoutTheRightIsRefusedAtLogin() throws Exception {
        again(Scenario.standard().withMailboxes(List.of()));
        Check login = Clinic.worst(mailbox("demo-client-secret"), Topic.LOGIN);
        assertThat(login.status()).isEqualTo(Status.ERROR);
        assertThat(login.seen()).contains("535 5.7.3");
        assertThat(login.remedy()).isNotEmpty();
    }

    @Test
    void aClosedPortIsAnErrorAndAllElseIsNotChecked() throws Exception {
        try (DeadPort closed = new DeadPort()) {
            List<Check> checks = clinic.examine(clinic.direct("localhost", closed.number()));
            assertThat(Clinic.worst(checks, Topic.REACHED).status()).isEqualTo(Status.ERROR);
            assertThat(Clinic.worst(checks, Topic.REACHED).remedy()).contains("Open port " + closed.number());
            assertThat(Clinic.worst(checks, Topic.PROBE).status()).isEqualTo(Status.NOT_CHECKED);
            assertThat(Clinic.worst(checks, Topic.PROBE).seen())
                    .startsWith("not checked, because there is no connection");
        }
    }

    @Test
    void aTenantThatRefusesDirectSendIsFoundByTheProbe() throws Exception {
        again(Scenario.standard().with("rejectDirectSend", true));
        Check probe = Clinic.worst(direct(), Topic.PROBE);
        assertThat(probe.status()).isEqualTo(Status.ERROR);
        assertThat(probe.seen()).contains("5.7.68");
        assertThat(probe.remedy()).contains("New-InboundConnector");
    }

    @Test
    void aConnectorThatDoesNotKnowTheCertificateIsFoundByTheProbe() throws Exception {
        again(Scenario.standard().with("connector", new Scenario.Connector("other.example", List.of())));
        List<Check> checks = relay("long");
        Check probe = Clinic.worst(checks, Topic.PROBE);
        assertThat(probe.status()).isEqualTo(Status.ERROR);
        assertThat(probe.seen()).contains("5.7.64");
        assertThat(probe.remedy()).contains("Get-InboundConnector");
        assertThat(Clinic.worst(checks, Topic.CERTIFICATE).status()).isEqualTo(Status.OK);
    }

    @Test
    void aCertificateThatEndsSoonIsAWarning() throws Exception {
        authority.writeClient(folder, "soon", "contoso.example", clock.instant().plusSeconds(80_000));
        Check certificate = Clinic.worst(relay("soon"), Topic.CERTIFICATE);
        assertThat(certificate.status()).isEqualTo(Status.WARNING);
        assertThat(certificate.seen()).startsWith("ends in 0 days");
        assertThat(certificate.remedy()).contains("Renew it");
    }

    @Test
    void anExpiredCertificateIsAnErrorBeforeTheServerIsAsked() throws Exception {
        authority.writeClient(folder, "old", "contoso.example", clock.instant().minusSeconds(60));
        List<Check> checks = relay("old");
        assertThat(Clinic.worst(checks, Topic.CERTIFICATE).seen()).contains("expired at");
        assertThat(Clinic.worst(checks, Topic.CERTIFICATE).status()).isEqualTo(Status.ERROR);
        assertThat(Clinic.worst(checks, Topic.PROBE).status()).isEqualTo(Status.NOT_CHECKED);
    }

    @Test
    void aCertificateOfAnotherDomainIsAnError() throws Exception {
        authority.writeClient(folder, "other", "other.example", clock.instant().plusSeconds(100 * 86_400));
        Check certificate = Clinic.worst(relay("other"), Topic.CERTIFICATE);
        assertThat(certificate.status()).isEqualTo(Status.ERROR);
        assertThat(certificate.seen()).contains("names other.example", "none is of contoso.example");
        assertThat(certificate.remedy()).contains("Get-AcceptedDomain");
    }

    @Test
    void aKeyOfAnotherCertificateIsAnError() throws Exception {
        authority.writeClient(
                folder, "other", "contoso.example", clock.instant().plusSeconds(86_400));
        List<Check> checks = clinic.examine(clinic.relay(
                "localhost",
                microsoft365.mxPort(),
                new CertificateFiles.Pem(folder.resolve("client-chain.pem"), folder.resolve("other-key.pem"))));
        assertThat(Clinic.worst(checks, Topic.CERTIFICATE).seen()).contains("does not match");
    }

    @Test
    void aTestMailShowsWhetherTheMailboxMaySendAsAnother() throws Exception {
        Extras testMail = new Extras(true, List.of());
        Patient patient = clinic.app(
                microsoft365.submissionPort(), microsoft365.tokenEndpoint().toString(), "demo-client-secret");
        Plan asOther = new Plan(List.of("reports@contoso.example"), List.of(), List.of(), List.of(), 2, 30, 0, 10_000);

        Check own = Clinic.worst(clinic.examine(patient, testMail), Topic.SEND_AS);
        Check refused = Clinic.worst(clinic.examine(Clinic.with(patient, List.of(), asOther), testMail), Topic.SEND_AS);

        assertThat(own.status()).isEqualTo(Status.OK);
        assertThat(microsoft365.received()).hasSize(1);
        assertThat(microsoft365.received().get(0).recipients()).containsExactly("scanner@contoso.example");
        assertThat(refused.status()).isEqualTo(Status.ERROR);
        assertThat(refused.seen()).contains("a test mail as reports@contoso.example was answered 5");
        assertThat(refused.remedy()).contains("Add-RecipientPermission");

        again(Scenario.standard()
                .withMailboxes(List.of(new Scenario.Mailbox(
                        "scanner@contoso.example", "demo-mailbox-password", List.of("reports@contoso.example")))));
        patient = clinic.app(
                microsoft365.submissionPort(), microsoft365.tokenEndpoint().toString(), "demo-client-secret");
        Check allowed = Clinic.worst(clinic.examine(Clinic.with(patient, List.of(), asOther), testMail), Topic.SEND_AS);
        assertThat(allowed.status()).as(allowed.toString()).isEqualTo(Status.OK);
        assertThat(microsoft365
                        .received()
                        .get(microsoft365.received().size() - 1)
                        .mailFrom())
                .isEqualTo("reports@contoso.example");
    }

    @Test
    void withoutALoginNoTestMailIsSentAndSaysSo() throws Exception {
        Patient patient = clinic.app(
                microsoft365.submissionPort(), microsoft365.tokenEndpoint().toString(), "wrong-client-secret");
        Check check = Clinic.worst(clinic.examine(patient, new Extras(true, List.of())), Topic.SEND_AS);
        assertThat(check.status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(check.seen()).isEqualTo("not checked, because there is no login");
    }

    @Test
    void aClockThatIsWrongIsAWarning() throws Exception {
        for (int minutes : new int[] {-9, 9}) {
            Clinic wrong = new Clinic(Clock.offset(clock, Duration.ofMinutes(minutes)), folder.resolve("ca.pem"));
            Check check = Clinic.worst(
                    wrong.examine(wrong.app(
                            microsoft365.submissionPort(),
                            microsoft365.tokenEndpoint().toString(),
                            "demo-client-secret")),
                    Topic.CLOCK);
            assertThat(check.status()).isEqualTo(Status.WARNING);
            assertThat(check.seen()).matches("this machine's clock is 5[34]\\d s (behind|ahead of) Entra's");
            assertThat(check.remedy()).contains("NTP");
        }
    }

    @Test
    void anAddressThatIsNotTheNotedOneBreaksRelayByAddress() throws Exception {
        Patient relay = clinic.relay("localhost", microsoft365.mxPort());
        Plan plan = relay.plan();

        Check other = Clinic.worst(clinic.examine(Clinic.with(relay, List.of("203.0.113.7"), plan)), Topic.EGRESS);
        Check noted = Clinic.worst(clinic.examine(Clinic.with(relay, List.of("127.0.0.0/29"), plan)), Topic.EGRESS);
        Patient direct = clinic.direct("localhost", microsoft365.mxPort());
        Check spf = Clinic.worst(clinic.examine(Clinic.with(direct, List.of("203.0.113.7"), plan)), Topic.EGRESS);

        assertThat(other.status()).isEqualTo(Status.ERROR);
        assertThat(other.seen()).isEqualTo("the server sees us as 127.0.0.1, and the lane's egress says 203.0.113.7");
        assertThat(other.remedy()).contains("Set-InboundConnector -Identity NAME -SenderIPAddresses 127.0.0.1");
        assertThat(noted.status()).isEqualTo(Status.OK);
        assertThat(spf.status()).isEqualTo(Status.WARNING);
    }
}
