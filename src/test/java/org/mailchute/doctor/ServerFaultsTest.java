package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.SecretText;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.testing.Certificates;

/** Faults on the way to Microsoft, and refusals in its own words. */
class ServerFaultsTest {
    private static final String TOKEN = "opaque-token-of-the-test";
    private static final String PASSWORD = "password-of-the-test";

    private final Clock clock = Clock.systemUTC();

    @TempDir
    Path folder;

    private Certificates certificates;
    private Clinic clinic;
    private ShamServer server;

    @BeforeEach
    void open() throws Exception {
        certificates = new Certificates();
        clinic = new Clinic(clock, certificates.trustFile(folder));
        server = new ShamServer(certificates.serving(certificates.server("localhost", "127.0.0.1")));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private List<Check> mailbox() throws Exception {
        return clinic.examine(clinic.token(server.port(), () -> new SecretText(TOKEN)));
    }

    private List<Check> password() throws Exception {
        return clinic.examine(clinic.submission(
                "localhost",
                server.port(),
                new Proof.Password("scanner@contoso.example", new SecretText(PASSWORD)),
                Optional.empty()));
    }

    private List<Check> direct() throws Exception {
        return clinic.examine(clinic.direct("localhost", server.port()));
    }

    private List<Check> relay() throws Exception {
        X509Bundle client = certificates.client("gateway.contoso.example", clock.instant());
        return clinic.examine(
                clinic.relay("localhost", server.port(), files("client", client.getCertificatePathPEM(), client)));
    }

    private CertificateFiles files(String name, String chain, X509Bundle key) throws IOException {
        return new CertificateFiles.Pem(
                Files.writeString(folder.resolve(name + ".pem"), chain),
                Files.writeString(folder.resolve(name + ".key"), key.getPrivateKeyPEM()));
    }

    private void serveWith(X509Bundle bundle, Certificates by) throws Exception {
        server.close();
        server = new ShamServer(by.serving(bundle));
    }

    private static void assertFound(List<Check> checks, Topic topic, Status status, String seen, String remedy) {
        Check worst = Clinic.worst(checks, topic);
        assertThat(worst.status()).as(worst.toString()).isEqualTo(status);
        assertThat(worst.seen()).contains(seen);
        assertThat(worst.remedy()).contains(remedy);
    }

    @Test
    void theShamServerIsFoundHealthyWhileItPlaysNoFault() throws Exception {
        assertThat(mailbox()).extracting(Check::status).containsOnly(Status.OK, Status.INFO);
        assertThat(direct()).extracting(Check::status).containsOnly(Status.OK, Status.INFO);
        server.askingForCertificates();
        // but for the certificate, which is valid for a day
        assertThat(relay())
                .filteredOn(check -> check.topic() != Topic.CERTIFICATE)
                .extracting(Check::status)
                .containsOnly(Status.OK, Status.INFO);
    }

    @Test
    void anotherServersGreetingIsAnError() throws Exception {
        server.greeting("220 mail.provider.example ESMTP Postfix");
        assertFound(direct(), Topic.REACHED, Status.ERROR, "another server answers", "without SMTP inspection");
    }

    @Test
    void aGreetingThatTurnsUsAwayIsAnErrorAndNothingElseIsChecked() throws Exception {
        server.greeting("550 5.7.606 Access denied, banned sending IP [203.0.113.5]");
        List<Check> checks = direct();
        assertFound(checks, Topic.REACHED, Status.ERROR, "5.7.606", "");
        assertThat(Clinic.worst(checks, Topic.TLS).seen()).isEqualTo("not checked, because the server turned us away");
    }

    @Test
    void aServerThatSpeaksNoSmtpIsAnError() throws Exception {
        server.greeting("HTTP/1.1 400 Bad Request");
        List<Check> checks = direct();
        assertFound(checks, Topic.REACHED, Status.ERROR, "no reply of SMTP", "firewall");
        assertThat(Clinic.worst(checks, Topic.PROBE).status()).isEqualTo(Status.NOT_CHECKED);
    }

    @Test
    void missingStartTlsIsAnErrorWhereProofIsShownAndNoSecretIsSent() throws Exception {
        server.withoutStartTls();
        for (List<Check> checks : List.of(mailbox(), password(), relay())) {
            assertFound(checks, Topic.TLS, Status.ERROR, "does not offer STARTTLS", "inspection");
        }
        assertThat(Clinic.worst(mailbox(), Topic.LOGIN).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }

    @Test
    void missingStartTlsIsAWarningForDirectSendAndTheProbeGoesOn() throws Exception {
        server.withoutStartTls();
        List<Check> checks = direct();
        assertFound(checks, Topic.TLS, Status.WARNING, "does not offer STARTTLS", "inspection");
        assertThat(Clinic.worst(checks, Topic.PROBE).status()).isEqualTo(Status.OK);
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsShownAndAnErrorButForDirectSend() throws Exception {
        Certificates others = new Certificates();
        serveWith(others.server("localhost"), others);
        assertFound(mailbox(), Topic.TLS, Status.ERROR, "certificate is not accepted", "DigiCert Global Root G2");
        assertFound(mailbox(), Topic.TLS, Status.ERROR, "it shows TLSv1.3", "");
        assertFound(direct(), Topic.TLS, Status.WARNING, "encrypts all the same", "DigiCert");
        assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }

    @Test
    void aCertificateOfAnotherNameIsAnError() throws Exception {
        serveWith(certificates.server("firewall.example"), certificates);
        assertFound(
                mailbox(),
                Topic.TLS,
                Status.ERROR,
                "certificate of CN=firewall.example",
                "a name the certificate carries");
        assertFound(relay(), Topic.CERTIFICATE_ASKED, Status.NOT_CHECKED, "there is no TLS with the server", "");
    }

    @Test
    void aServerOfOldTlsOnlyIsAnError() throws Exception {
        server.oldTlsOnly();
        assertFound(mailbox(), Topic.TLS, Status.ERROR, "TLS failed", "TLS 1.2 and 1.3 only");
    }

    @Test
    void aServerThatAsksForNoClientCertificateIsAnError() throws Exception {
        assertFound(relay(), Topic.CERTIFICATE_ASKED, Status.ERROR, "did not ask", "MX host");
    }

    @Test
    void aServerThatOffersNoLoginIsAnErrorAndTheLoginNotChecked() throws Exception {
        server.answers("EHLO", "250-sham Hello [203.0.113.5]\r\n250 SIZE 157286400");
        List<Check> checks = mailbox();
        assertFound(checks, Topic.AUTH_OFFERED, Status.ERROR, "no login is offered", "MX host takes no login");
        assertFound(checks, Topic.LOGIN, Status.NOT_CHECKED, "AUTH XOAUTH2 is not offered", "");
    }

    @Test
    void aServerThatTakesLessThanTheLaneSendsIsAWarning() throws Exception {
        server.answers("EHLO", "250-sham Hello [203.0.113.5]\r\n250-AUTH XOAUTH2\r\n250 SIZE 10240000");
        assertFound(mailbox(), Topic.SIZE, Status.WARNING, "10240000", "messageSize");
    }

    @Test
    void anEhloNameThatIsRefusedIsAnErrorWithItsRemedy() throws Exception {
        server.answers("MAIL", "550 5.7.506 Access denied, Bad HELO");
        assertFound(
                direct(),
                Topic.PROBE,
                Status.ERROR,
                "MAIL FROM:<scanner@contoso.example> was answered 550 5.7.506",
                "full host name");
    }

    @Test
    void theAddressMicrosoftSeesIsShownWithTheLineThatShowsTheConnectors() throws Exception {
        List<Check> checks = clinic.examine(clinic.relay("localhost", server.port()));
        assertFound(checks, Topic.EGRESS, Status.INFO, "203.0.113.5", "Get-InboundConnector | Format-List");
    }

    /** Each sentence of 5.7.139, and those beside it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.|Set-CASMailbox -Identity scanner@contoso.example -SmtpClientAuthenticationDisabled $false",
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.|Set-CASMailbox -Identity scanner@contoso.example -SmtpClientAuthenticationDisabled $false",
                "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.|OAuth",
                "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.|Security defaults",
                "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.|Sign-in logs",
                "535 5.7.139 Authentication unsuccessful, the user credentials could not be verified, the federated STS service was unreachable|federation server",
                "535 5.7.3 Authentication unsuccessful [AM0PR02.eurprd02.prod.outlook.com]|",
                "550 5.7.30 Basic authentication is not supported for Client Submission.|OAuth",
                "504 5.7.4 Unrecognized authentication type|",
                "454 4.7.0 Temporary authentication failure|"
            })
    void aRefusedLoginIsAnErrorWithTheRemedyOfItsSentence(String reply, String remedy) throws Exception {
        server.answers("AUTH", reply);
        for (List<Check> checks : List.of(mailbox(), password())) {
            assertFound(checks, Topic.LOGIN, Status.ERROR, reply, remedy == null ? "" : remedy);
            assertThat(Clinic.worst(checks, Topic.LOGIN).remedy()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35.|nslookup -type=mx contoso.example",
                "550 5.4.1 Recipient address rejected: Access denied. [AM1]|",
                "550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the message's recipient domain. The connector had either the RestrictDomainsToIPAddresses or RestrictDomainsToCertificate set|onnector"
            })
    void aRefusedRecipientIsAnErrorWithTheRemedyOfItsReply(String reply, String remedy) throws Exception {
        server.answers("RCPT", reply).askingForCertificates();
        for (List<Check> checks : List.of(direct(), relay())) {
            assertFound(checks, Topic.PROBE, Status.ERROR, reply, remedy == null ? "" : remedy);
        }
    }

    @Test
    void aServerThatRepeatsTheProofIsMasked() throws Exception {
        server.answers("AUTH", "535 5.7.3 You said " + TOKEN + " and " + PASSWORD);
        assertThat(mailbox().toString()).contains("You said (secret)").doesNotContain(TOKEN);
        server.answers("AUTH", "334 VXNlcm5hbWU6");
        assertThat(password().toString()).doesNotContain(PASSWORD);
    }

    @Test
    void aSilentServerEndsTheVisit() throws Exception {
        server.greeting("220-");
        Clinic impatient = clinic.impatient();
        List<Check> checks = impatient.examine(impatient.direct("localhost", server.port()));
        assertFound(checks, Topic.REACHED, Status.ERROR, "timed out", "firewall");
    }

    @Test
    void aChainWithoutItsIntermediateIsAnError() throws Exception {
        X509Bundle root = dated("CN=Root").setIsCertificateAuthority(true).buildSelfSigned();
        X509Bundle middle = dated("CN=Middle").setIsCertificateAuthority(true).buildIssuedBy(root);
        X509Bundle own = dated("CN=gateway.contoso.example").buildIssuedBy(middle);
        Path trust = Files.writeString(folder.resolve("root.pem"), root.getCertificatePEM());
        Clinic trusting = new Clinic(clock, trust);
        List<Check> alone = trusting.examine(
                trusting.relay("localhost", server.port(), files("alone", own.getCertificatePEM(), own)));
        assertFound(alone, Topic.CERTIFICATE, Status.ERROR, "the issuer CN=Middle is missing", "intermediate");
        List<Check> whole = trusting.examine(trusting.relay(
                "localhost", server.port(), files("whole", own.getCertificatePEM() + middle.getCertificatePEM(), own)));
        assertThat(Clinic.worst(whole, Topic.CERTIFICATE).status()).isEqualTo(Status.OK);
        List<Check> mixed = trusting.examine(trusting.relay(
                "localhost", server.port(), files("mixed", own.getCertificatePEM() + root.getCertificatePEM(), own)));
        assertFound(mixed, Topic.CERTIFICATE, Status.ERROR, "number 2 in the file is not the issuer", "first");
    }

    @Test
    void aCertificateSignedByItselfIsAnError() throws Exception {
        X509Bundle own = dated("CN=gateway.contoso.example")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        List<Check> checks =
                clinic.examine(clinic.relay("localhost", server.port(), files("self", own.getCertificatePEM(), own)));
        assertFound(checks, Topic.CERTIFICATE, Status.ERROR, "signed by itself", "public authority");
    }

    private CertificateBuilder dated(String subject) {
        return new CertificateBuilder()
                .ecp256()
                .subject(subject)
                .notBefore(clock.instant().minus(Duration.ofDays(1)))
                .notAfter(clock.instant().plus(Duration.ofDays(90)));
    }

    @Test
    void anAddressConnectorOverIPv6IsAnErrorAndDirectSendAWarning() throws Exception {
        server.close();
        server = new ShamServer(certificates.serving(certificates.server("localhost", "::1")), "::1");

        Check relay = Clinic.worst(clinic.examine(clinic.relay("::1", server.port())), Topic.FAMILY);
        Check direct = Clinic.worst(clinic.examine(clinic.direct("::1", server.port())), Topic.FAMILY);

        assertThat(relay.status()).isEqualTo(Status.ERROR);
        assertThat(relay.seen()).contains("IPv6: a connector knows IPv4 addresses only");
        assertThat(relay.remedy()).contains("ipv4");
        assertThat(direct.status()).isEqualTo(Status.WARNING);
    }
}
