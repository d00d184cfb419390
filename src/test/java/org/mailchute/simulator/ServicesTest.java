package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.testing.MovableClock;

/** What smtp.hve.mx.microsoft and smtp.azurecomm.net ask of their clients. */
class ServicesTest {
    private static final String HVE = "hve@contoso.example";
    private static final String NEWS = "news@contoso.example";
    private static final String SECRET = "demo-client-secret";
    private static final String COMMUNICATION = "https://communication.azure.com/.default";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-29T12:00:00Z"));
    private Tenant tenant;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Scenario scenario = Scenario.standard().with("hveAccounts", List.of(new HveAccount(HVE, "hve-password")));
        tenant = new Tenant(folder, scenario, clock);
    }

    @AfterEach
    void stop() throws Exception {
        tenant.close();
    }

    private String token(String scope) throws Exception {
        return tenant.token(
                tenant.exchange.tokenEndpoint().toString(),
                tenant.exchange.scenario().app().clientId(),
                SECRET,
                scope);
    }

    private RawClient hve() throws Exception {
        RawClient client = RawClient.secured(tenant.exchange.hvePort(), tenant.trust());
        assertThat(client.login(HVE, token(Tenant.SCOPE))).startsWith("235");
        return client;
    }

    private RawClient acs() throws Exception {
        return RawClient.secured(tenant.exchange.acsPort(), tenant.trust());
    }

    private static String password(RawClient client, String user, String password) throws Exception {
        client.ask("AUTH LOGIN");
        client.ask(RawClient.base64(user));
        return client.ask(RawClient.base64(password));
    }

    @Test
    void aMailboxIsNoHighVolumeEmailAccount() throws Exception {
        try (RawClient client = RawClient.secured(tenant.exchange.hvePort(), tenant.trust())) {
            assertThat(client.login(Tenant.MAILBOX, token(Tenant.SCOPE))).startsWith("550 5.2.240");
            assertThat(client.login(HVE, token(COMMUNICATION))).startsWith("535 5.7.3");
            assertThat(password(client, HVE, "hve-password")).startsWith("235");
        }
    }

    @Test
    void highVolumeEmailTakesMailOfItsAccountToOwnRecipientsOnly() throws Exception {
        try (RawClient client = hve()) {
            assertThat(client.mail(NEWS, "anna@contoso.example", "From: <" + HVE + ">\r\n"))
                    .startsWith("550 5.7.62");
            assertThat(client.mail(HVE, "buyer@fabrikam.example", "From: <" + HVE + ">\r\n"))
                    .startsWith("550 5.7.1 ");
            client.ask("RSET");
            assertThat(client.mail(HVE, "anna@contoso.example", "From: News <" + NEWS + ">\r\n"))
                    .startsWith("550 5.6.241");
            assertThat(client.mail(
                            HVE, "anna@contoso.example", "Subject: x\r\nFrom: \"" + NEWS + "\"\r\n <" + HVE + ">\r\n"))
                    .startsWith("250 2.6.0");
            assertThat(tenant.exchange.received()).extracting(Received::option).containsExactly("hve");
        }
    }

    @Test
    void highVolumeEmailTakesFiftyRecipientsOfAMessage() throws Exception {
        try (RawClient client = hve()) {
            client.ask("MAIL FROM:<" + HVE + ">");
            for (int number = 1; number <= 50; number++) {
                assertThat(client.ask("RCPT TO:<r" + number + "@contoso.example>"))
                        .startsWith("250");
            }
            assertThat(client.ask("RCPT TO:<r51@contoso.example>")).startsWith("452 4.5.3");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contoso.11111111-2222-3333-4444-555555555555.22222222-3333-4444-5555-666666666666",
                "contoso|11111111-2222-3333-4444-555555555555|22222222-3333-4444-5555-666666666666",
                "contoso-smtp"
            })
    void theApplicationLogsInToCommunicationServicesByEachOfItsNames(String user) throws Exception {
        try (RawClient client = acs()) {
            assertThat(password(client, user, "wrong")).startsWith("535 5.7.3");
            assertThat(client.login(user, token(Tenant.SCOPE))).startsWith("535 5.7.3");
            assertThat(client.login(user, token(COMMUNICATION))).startsWith("235");
        }
        try (RawClient client = acs()) {
            assertThat(password(client, user, SECRET)).startsWith("235");
            assertThat(client.mail(NEWS, "reader@fabrikam.example", "Subject: x\r\n"))
                    .startsWith("250 2.6.0");
            assertThat(client.mail("news@elsewhere.example", "reader@fabrikam.example", "Subject: x\r\n"))
                    .startsWith("550 5.7.1 ");
        }
    }

    @Test
    void communicationServicesTakeThirtyMessagesAMinuteAndAHundredAnHour() throws Exception {
        String excessive = "450 4.5.127 Message rejected. Excessive message rate from sender";
        try (RawClient client = acs()) {
            password(client, "contoso-smtp", SECRET);
            for (int minute = 1; minute <= 4; minute++) {
                for (int taken = 1; taken <= (minute < 4 ? 30 : 10); taken++) {
                    assertThat(client.mail(NEWS, "reader@fabrikam.example", "Subject: x\r\n"))
                            .startsWith("250 2.6.0");
                }
                assertThat(client.mail(NEWS, "reader@fabrikam.example", "Subject: x\r\n"))
                        .isEqualTo(excessive);
                clock.move(Duration.ofMinutes(1));
            }
        }
    }
}
