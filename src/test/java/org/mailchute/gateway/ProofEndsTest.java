package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsReader;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

class ProofEndsTest {
    private static final String SETTINGS = """
            gateway: {name: gateway.contoso.com, home: home}
            accept: {senders: ["*@contoso.com"], recipients: ["*"]}
            next-hop: [{domain: "*", lane: mailbox}]
            lanes:
              - name: mailbox
                option: submission
                login: {mailbox: a@contoso.com, tenant: contoso.com, clientId: 11111111-2222-3333-4444-555555555555, PROOF}
              - {name: connector, option: relay, host: contoso-com.mail.protection.outlook.com, certificate: {chain: own.pem, key: own.key}}
            """;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LogLines log = LogLines.of(ProofEnds.class.getName());

    @AfterEach
    void close() {
        log.close();
    }

    private Settings settings(String proof) throws Exception {
        return settings(proof, "");
    }

    private Settings settings(String proof, String more) throws Exception {
        X509Bundle own = new Certificates().client("gateway.contoso.com", clock.instant());
        Files.writeString(folder.resolve("own.pem"), own.getCertificatePathPEM());
        Files.writeString(folder.resolve("own.key"), own.getPrivateKeyPEM());
        Path file = Files.writeString(folder.resolve("mailchute.yaml"), SETTINGS.replace("PROOF", proof) + more);
        return SettingsReader.read(file, Map.of("SECRET", "never-shown"));
    }

    private ProofEnds watch(String proof) throws Exception {
        return watch(settings(proof));
    }

    private ProofEnds watch(Settings settings) {
        return new ProofEnds(() -> settings, clock, meters);
    }

    @Test
    void whatEndsWithinThirtyDaysIsToldOnceADay() throws Exception {
        Instant end = clock.instant().plus(Duration.ofDays(12));
        ProofEnds watch = watch(
                "clientSecret: \"${env:SECRET}\", secretEnds: " + end.toString().substring(0, 10));

        watch.look();
        watch.look();

        assertThat(log.lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN lane mailbox: its client secret ends (secretEnds) at ")
                        .endsWith("in 11 days: renew it before"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN lane connector: its certificate ends at ")
                        .endsWith("in 1 days: renew it before"))
                .noneMatch(line -> line.contains("never-shown"));
        clock.move(Duration.ofHours(23)); // the connector's certificate is not over yet
        watch.look();
        assertThat(log.lines()).hasSize(4);
    }

    @Test
    void whatEndsLaterIsNotToldButMeasured() throws Exception {
        ProofEnds watch = watch("clientSecret: \"${env:SECRET}\", secretEnds: 2099-12-31");

        watch.look();

        assertThat(log.lines()).noneMatch(line -> line.contains("mailbox"));
        assertThat(meters.get("mailchute.proof.end")
                        .tag("lane", "mailbox")
                        .gauge()
                        .value())
                .isEqualTo(Instant.parse("2099-12-31T00:00:00Z").getEpochSecond());
    }

    @Test
    void aCertificateThatMayNotProveAClientIsToldOnceADay() throws Exception {
        ProofEnds watch = watch("clientSecret: \"${env:SECRET}\"");
        X509Bundle server =
                new Certificates().issue(clock.instant(), CertificateBuilder::addExtendedKeyUsageServerAuth);
        Files.writeString(folder.resolve("own.pem"), server.getCertificatePathPEM());
        Files.writeString(folder.resolve("own.key"), server.getPrivateKeyPEM());

        watch.look();
        watch.look();

        assertThat(log.lines())
                .filteredOn(line -> line.contains("its certificate does not say that it may prove a client"))
                .hasSize(1);
    }

    @Test
    void whatTheManagementPortAndTheConsolesSignInShowIsToldToo() throws Exception {
        ProofEnds watch = watch(settings("clientSecret: \"${env:SECRET}\"", """
                        management: {certificate: {chain: own.pem, key: own.key}}
                        console:
                          entra: {tenant: contoso.com, clientId: 11111111-2222-3333-4444-555555555555,
                                  clientSecret: "${env:SECRET}", secretEnds: 2026-11-30, redirect: "https://gateway.contoso.com"}
                        """));

        watch.look();

        assertThat(watch.ending().keySet()).containsExactly("console.entra", "lane connector", "management");
        assertThat(log.lines())
                .anyMatch(line -> line.startsWith("WARN management: its certificate ends at "))
                .anyMatch(line -> line.startsWith("WARN console.entra: its client secret ends (secretEnds) at "));
    }

    @Test
    void anEndIsADayAndBelongsToASecret() {
        assertThat(fault("clientSecret: \"${env:SECRET}\", secretEnds: 2027-02-31"))
                .contains("a day such as 2027-03-31");
        assertThat(fault("managedIdentity: system, secretEnds: 2027-02-28")).contains("an end without a clientSecret");
    }

    private String fault(String proof) {
        return Objects.requireNonNull(catchThrowableOfType(FaultySettings.class, () -> settings(proof)))
                .faults()
                .toString();
    }
}
