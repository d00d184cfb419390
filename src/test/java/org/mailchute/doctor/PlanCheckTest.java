package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.EntraApp;
import org.mailchute.credentials.SecretText;
import org.mailchute.reply.Service;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.MovableClock;
import org.xbill.DNS.Lookup;

/** What the settings mean to do. */
class PlanCheckTest {
    private final MovableClock clock = new MovableClock(Clock.systemUTC().instant());
    private final Clinic clinic = new Clinic(clock, Path.of("trust.pem"), Lookup.getDefaultResolver());

    private static Patient with(Patient patient, Plan plan) {
        return Clinic.with(patient, List.of(), plan);
    }

    private static Plan limits(int sessions, int perMinute, int perDay, String... sameMailbox) {
        return new Plan(List.of(), List.of(), List.of(), List.of(sameMailbox), sessions, perMinute, 0, perDay);
    }

    private Check worst(Patient patient, Topic topic) {
        Findings findings = new Findings();
        new PlanCheck(patient, findings, clock, Extras.NONE).run();
        return Clinic.worst(findings.checks(), topic);
    }

    private Patient mailbox(Proof proof) {
        return clinic.submission("localhost", 587, proof, Optional.empty());
    }

    private Patient app(AppProof proof) {
        EntraApp app = new EntraApp("https://login.microsoftonline.com/contoso/", "the-app", proof, "scope");
        return clinic.submission("localhost", 587, new Proof.Anonymous(), Optional.of(app));
    }

    @Test
    void aLoginByPasswordIsAWarningWithItsDate() {
        Check check = worst(
                mailbox(new Proof.Password("scanner@contoso.example", new SecretText("never-shown"))), Topic.PASSWORD);
        assertThat(check.status()).isEqualTo(Status.WARNING);
        assertThat(check.seen()).contains("end of December 2026").doesNotContain("never-shown");
        assertThat(worst(mailbox(new Proof.Anonymous()), Topic.PASSWORD).status())
                .isEqualTo(Status.OK);
    }

    @Test
    void moreThanMicrosoftAllowsAMailboxIsAWarning() {
        Patient mailbox = mailbox(new Proof.Anonymous());
        assertThat(worst(with(mailbox, limits(3, 30, 10_000)), Topic.LIMITS).status())
                .isEqualTo(Status.OK);
        Check shared = worst(with(mailbox, limits(4, 60, 0, "second")), Topic.LIMITS);
        assertThat(shared.status()).isEqualTo(Status.WARNING);
        assertThat(shared.seen())
                .contains("which second use as well")
                .contains("sessions 4 of 3, messagesPerMinute 60 of 30, recipientsPerDay without limit of 10000");
    }

    @Test
    void sendingAsOthersIsAWarningWithTheLineThatShowsTheRight() {
        Plan plan = new Plan(List.of("orders@contoso.example"), List.of(), List.of(), List.of(), 2, 30, 0, 10_000);
        Check check = worst(with(mailbox(new Proof.Anonymous()), plan), Topic.SEND_AS);
        assertThat(check.status()).isEqualTo(Status.WARNING);
        assertThat(check.remedy())
                .contains("Get-RecipientPermission -Identity orders@contoso.example -Trustee scanner@contoso.example");
    }

    @Test
    void eachServiceHasItsOwnLimitsPasswordsAndRecipients() {
        Proof password = new Proof.Password("hve@contoso.example", new SecretText("never-shown"));
        Plan plan = new Plan(List.of(), List.of("*"), List.of(), List.of(), 8, 0, 0, 0);
        Patient hve = Clinic.of(Service.HVE, with(mailbox(password), plan));
        assertThat(worst(hve, Topic.PASSWORD).seen()).contains("until September 2028");
        assertThat(worst(hve, Topic.FALLBACK).status()).isEqualTo(Status.ERROR);
        assertThat(worst(hve, Topic.FALLBACK).seen()).contains("High Volume Email reaches own recipients only");
        assertThat(worst(hve, Topic.LIMITS).seen()).endsWith("allows: recipientsPerMessage 500 of 50");
        Patient acs = Clinic.of(Service.ACS, with(mailbox(password), plan));
        assertThat(worst(acs, Topic.PASSWORD).status()).isEqualTo(Status.OK);
        assertThat(worst(acs, Topic.FALLBACK).status()).isEqualTo(Status.INFO);
        assertThat(worst(acs, Topic.LIMITS).seen())
                .contains("messagesPerMinute without limit of 30, messagesPerHour without limit of 100");
    }

    @Test
    void directSendForEverybodyIsAnErrorAndForAnotherDomainAWarning() {
        Patient direct = clinic.direct("localhost", 25);
        for (String pattern : List.of("*", "fabrikam.example")) {
            Plan plan = new Plan(List.of(), List.of(pattern), List.of(), List.of(), 2, 30, 0, 10_000);
            Check check = worst(with(direct, plan), Topic.FALLBACK);
            assertThat(check.status()).isEqualTo(pattern.equals("*") ? Status.ERROR : Status.WARNING);
            assertThat(check.seen()).contains("mail to " + pattern);
        }
        assertThat(worst(direct, Topic.FALLBACK).status()).isEqualTo(Status.INFO);
    }

    @Test
    void theAppsCertificateIsWatchedAndOfASecretTheLineIsGivenThatShowsItsEnd(@TempDir Path folder) throws Exception {
        X509Bundle own = new Certificates().app("gateway.contoso.example");
        AppProof certificate = new AppProof.Certificate(new CertificateFiles.Pem(
                Files.writeString(folder.resolve("app.pem"), own.getCertificatePEM()),
                Files.writeString(folder.resolve("app.key"), own.getPrivateKeyPEM())));
        assertThat(worst(app(certificate), Topic.PROOF_EXPIRY).status()).isEqualTo(Status.WARNING);
        clock.move(Duration.ofDays(2));
        assertThat(worst(app(certificate), Topic.PROOF_EXPIRY).status()).isEqualTo(Status.ERROR);
        Check secret = worst(app(new AppProof.Secret(new SecretText("never-shown"))), Topic.PROOF_EXPIRY);
        assertThat(secret.status()).isEqualTo(Status.INFO);
        assertThat(secret.remedy()).contains("secretEnds");
        Instant end = clock.instant().plus(Duration.ofDays(31));
        AppProof noted = new AppProof.Secret(new SecretText("never-shown"), Optional.of(end));
        assertThat(worst(app(noted), Topic.PROOF_EXPIRY).status()).isEqualTo(Status.OK);
        clock.move(Duration.ofDays(2));
        assertThat(worst(app(noted), Topic.PROOF_EXPIRY).seen()).contains("client secret ends in 29 days");
        clock.move(Duration.ofDays(30));
        assertThat(worst(app(noted), Topic.PROOF_EXPIRY).status()).isEqualTo(Status.ERROR);
        assertThat(secret.remedy()).contains("Get-MgApplication -Filter \"appId eq 'the-app'\"");
    }
}
