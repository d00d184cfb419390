package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.EntraApp;
import org.mailchute.credentials.SecretText;
import org.mailchute.reply.Service;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.testing.MovableClock;
import org.xbill.DNS.Lookup;

/** What a token says of itself. */
class TokenCheckTest {
    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final String USUAL = "https://outlook.office365.com";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final Clinic clinic = new Clinic(clock, Path.of("trust.pem"), Lookup.getDefaultResolver());

    private List<Check> read(String audience, String app, String roles) {
        return read(Service.EXCHANGE_ONLINE, audience, app, roles);
    }

    private List<Check> read(Service service, String audience, String app, String roles) {
        String claims = "{\"aud\":\"%s\",\"tid\":\"contoso\",\"appid\":\"%s\",\"exp\":%d%s}"
                .formatted(audience, app, Instant.parse("2026-11-23T13:00:00Z").getEpochSecond(), roles);
        String token =
                "head." + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".sign";
        Proof.OAuth proof = new Proof.OAuth("scanner@contoso.example", () -> new SecretText(token));
        EntraApp registered = new EntraApp(
                "https://login.microsoftonline.com/contoso/",
                APP,
                new AppProof.Secret(new SecretText("never-shown")),
                service == Service.ACS ? "https://communication.azure.com/.default" : USUAL + "/.default");
        Patient patient = Clinic.of(service, clinic.submission("localhost", 1, proof, Optional.of(registered)));
        Findings findings = new Findings();
        new TokenCheck(patient, findings, clock).run(proof);
        assertThat(findings.checks().toString()).doesNotContain(token, "never-shown", ".sign");
        return findings.checks();
    }

    @Test
    void aTokenWithTheRoleIsOk() {
        List<Check> checks = read(USUAL, APP, ",\"roles\":[\"SMTP.SendAsApp\"]");
        assertThat(checks).extracting(Check::status).containsOnly(Status.OK);
        assertThat(checks.get(0).seen()).contains("aud " + USUAL, "appid " + APP, "2026-11-23T13:00:00Z");
    }

    @Test
    void noRolesAtAllMeanRbacAndAreNoFault() {
        Check roles = Clinic.worst(read(USUAL, APP, ""), Topic.TOKEN);
        assertThat(roles.status()).isEqualTo(Status.INFO);
        assertThat(roles.seen()).contains("RBAC");
        assertThat(roles.remedy())
                .isEqualTo(
                        "Test-ServicePrincipalAuthorization -Identity " + APP + " -Resource scanner@contoso.example");
    }

    @Test
    void otherRolesWithoutTheRightOneAreAWarning() {
        Check roles = Clinic.worst(read(USUAL, APP, ",\"roles\":[\"Mail.Send\"]"), Topic.TOKEN);
        assertThat(roles.status()).isEqualTo(Status.WARNING);
        assertThat(roles.remedy()).contains("SMTP.SendAsApp", "admin consent");
    }

    @Test
    void eachServiceWantsItsOwnPermission() {
        assertThat(read(Service.HVE, USUAL, APP, ",\"roles\":[\"Mail.Send\"]"))
                .extracting(Check::status)
                .containsOnly(Status.OK);
        for (String roles : List.of("", ",\"roles\":[\"SMTP.SendAsApp\"]")) {
            Check check = Clinic.worst(read(Service.HVE, USUAL, APP, roles), Topic.TOKEN);
            assertThat(check.status()).isEqualTo(Status.WARNING);
            assertThat(check.seen()).endsWith(", and not Mail.Send");
            assertThat(check.remedy()).contains("Add-HVEAppAccess -Identity scanner@contoso.example -AppIds " + APP);
        }
        Check communication = Clinic.worst(read(Service.ACS, "https://communication.azure.com", APP, ""), Topic.TOKEN);
        assertThat(communication.status()).isEqualTo(Status.INFO);
        assertThat(communication.seen()).contains("Azure keeps the application's rights at the resource");
        assertThat(Clinic.worst(read(Service.ACS, "00000002-0000-0ff1-ce00-000000000000", APP, ""), Topic.TOKEN)
                        .status())
                .isEqualTo(Status.WARNING);
    }

    @Test
    void aTokenForSomethingElseIsAWarning() {
        String roles = ",\"roles\":[\"SMTP.SendAsApp\"]";
        assertThat(Clinic.worst(read("https://graph.microsoft.com", APP, roles), Topic.TOKEN)
                        .seen())
                .isEqualTo("it is for https://graph.microsoft.com, not for " + USUAL);
        assertThat(Clinic.worst(read("00000002-0000-0ff1-ce00-000000000000", APP, roles), Topic.TOKEN)
                        .status())
                .isEqualTo(Status.OK);
        assertThat(Clinic.worst(read(USUAL, "another", roles), Topic.TOKEN).seen())
                .isEqualTo("it names the app another");
    }

    @Test
    void aTokenThatHasEndedIsAWarningAboutTheClock() {
        clock.set(Instant.parse("2026-11-23T13:30:00Z"));
        assertThat(Clinic.worst(read(USUAL, APP, ",\"roles\":[\"SMTP.SendAsApp\"]"), Topic.TOKEN)
                        .seen())
                .contains("ended already");
    }
}
