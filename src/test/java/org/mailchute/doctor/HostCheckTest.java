package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.xbill.DNS.Lookup;

/** What names tell before anybody is asked. */
class HostCheckTest {
    private final Clinic clinic = new Clinic(Clock.systemUTC(), Path.of("trust.pem"), Lookup.getDefaultResolver());

    @ParameterizedTest
    @CsvSource({
        "direct-send, smtp.office365.com, 25, HOST_KIND, ERROR, nslookup -type=mx",
        "relay, smtp.office365.com, 25, HOST_KIND, ERROR, nslookup -type=mx",
        "submission, contoso.mail.protection.outlook.com, 587, HOST_KIND, ERROR, smtp.office365.com",
        "submission, contoso-com.p-v1.mx.microsoft, 587, HOST_KIND, ERROR, smtp.office365.com",
        "submission, smtp.office365.com, 587, HOST_KIND, OK, ''",
        "direct-send, contoso-com.mail.protection.outlook.com, 25, HOST_KIND, OK, ''",
        "relay, contoso-com.p-v1.mx.microsoft, 25, HOST_KIND, OK, ''",
        "relay, mail.contoso.example, 25, HOST_KIND, WARNING, NAME.mail.protection.outlook.com",
        "relay, 203.0.113.9, 25, HOST_NAME, ERROR, by name",
        "submission, smtp.office365.com, 465, PORT, ERROR, Set port 587",
        "direct-send, contoso-com.mail.protection.outlook.com, 587, PORT, WARNING, Set port 25",
        "relay, gateway.contoso.example, 25, EHLO_NAME, ERROR, gateway.name",
        "relay, contoso-com.p-v1.mx.microsoft, 25, EHLO_NAME, OK, ''",
        "relay, localhost, 2525, HOST_KIND, INFO, ''"
    })
    void aHostThatCannotDoWhatTheLaneWantsIsFound(
            String option, String host, int port, Topic topic, Status status, String remedy) {
        Patient patient = switch (option) {
            case "relay" -> clinic.relay(host, port);
            case "direct-send" -> clinic.direct(host, port);
            default -> clinic.submission(host, port, new Proof.Anonymous(), Optional.empty());
        };
        Findings findings = new Findings();
        new HostCheck(patient, Clinic.TENANT, findings).run();
        Check worst = Clinic.worst(findings.checks(), topic);
        assertThat(worst.status()).isEqualTo(status);
        assertThat(worst.remedy()).contains(remedy);
    }
}
