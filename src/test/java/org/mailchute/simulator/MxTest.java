package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario.Connector;

/** What an MX host of the tenant takes from whom. */
class MxTest {
    private static final String ANNA = "anna@contoso.example";
    private static final String OUTSIDE = "guest@elsewhere.example";
    private static final String DENIED = "550 5.4.1 Recipient address rejected: Access denied";
    private static final String NO_RELAY = "550 5.7.64 TenantAttribution; Relay Access Denied";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private Tenant tenant;

    private Tenant tenant(Scenario scenario) throws Exception {
        tenant = new Tenant(folder, scenario);
        return tenant;
    }

    @AfterEach
    void stop() throws Exception {
        tenant.close();
    }

    @Test
    void directSendNeedsNeitherTlsNorLogin() throws Exception {
        try (RawClient client = tenant(Scenario.standard()).mx()) {
            assertThat(client.mail("scanner@contoso.example", ANNA, "Subject: scan\r\n"))
                    .startsWith("250 2.6.0");
            assertThat(client.mail("", "ANNA@Contoso.Example", "Subject: bounce\r\n"))
                    .startsWith("250 2.6.0");
        }
        assertThat(tenant.exchange.received()).extracting(Received::option).containsOnly("direct-send");
        assertThat(tenant.exchange.received()).extracting(Received::tls).containsOnly("");
    }

    @Test
    void ehloOffersStartTlsAndNeverALogin() throws Exception {
        try (RawClient client =
                RawClient.greeted(tenant(Scenario.standard()).exchange.mxPort())) {
            assertThat(client.ask("EHLO client.example"))
                    .contains("250-STARTTLS")
                    .doesNotContain("AUTH");
            assertThat(client.ask("AUTH LOGIN")).startsWith("504");
        }
    }

    @Test
    void heloIsAnsweredWithOneLineWithoutExtensions() throws Exception {
        try (RawClient client = tenant(Scenario.standard()).mx()) {
            assertThat(client.ask("HELO client.example")).matches("250 .*");
        }
    }

    @Test
    void tlsWithoutACertificateIsDirectSend() throws Exception {
        tenant(Scenario.standard());
        try (RawClient client = RawClient.secured(tenant.exchange.mxPort(), tenant.trust())) {
            assertThat(client.mail("scanner@contoso.example", OUTSIDE, "")).startsWith(NO_RELAY);
            client.ask("RSET");
            assertThat(client.mail("scanner@contoso.example", ANNA, "Subject: scan\r\n"))
                    .startsWith("250 2.6.0");
        }
        assertThat(tenant.exchange.received()).extracting(Received::option).containsExactly("direct-send");
    }

    @Test
    void directSendReachesNoOtherDomain() throws Exception {
        try (RawClient client = tenant(Scenario.standard()).mx()) {
            assertThat(client.mail("scanner@contoso.example", OUTSIDE, "")).startsWith(NO_RELAY);
            client.ask("RSET");
            assertThat(client.mail("spam@elsewhere.example", OUTSIDE, "")).startsWith(DENIED);
        }
    }

    @Test
    void theSwitchRefusesDirectSendFromAnOwnDomainOnly() throws Exception {
        try (RawClient client =
                tenant(Scenario.standard().with("rejectDirectSend", true)).mx()) {
            assertThat(client.mail("scanner@contoso.example", ANNA, ""))
                    .startsWith("550 5.7.68 TenantInboundAttribution; Direct Send not allowed");
            client.ask("RSET");
            assertThat(client.mail("partner@elsewhere.example", ANNA, "Subject: x\r\n"))
                    .startsWith("250");
        }
        try (RawClient client = tenant.mxWith("client")) {
            assertThat(client.mail("scanner@contoso.example", ANNA, "Subject: x\r\n"))
                    .startsWith("250");
        }
    }

    @Test
    void theConnectorsCertificateMakesARelayToAnyDomain() throws Exception {
        try (RawClient client = tenant(Scenario.standard()).mxWith("client")) {
            assertThat(client.mail("scanner@contoso.example", OUTSIDE, "Subject: out\r\n"))
                    .startsWith("250 2.6.0");
            assertThat(client.mail("", OUTSIDE, "Subject: bounce\r\n")).startsWith("250 2.6.0");
        }
        Received mail = tenant.exchange.received().get(0);
        assertThat(mail.option()).isEqualTo("relay");
        assertThat(mail.certificate()).isEqualTo("CN=contoso.example");
    }

    @Test
    void aCertificateOfAnotherDomainIsSeenAndMakesNoRelay() throws Exception {
        tenant(Scenario.standard());
        tenant.authority.writeClient(
                folder, "other", "other.example", Clock.systemUTC().instant().plusSeconds(3600));
        try (RawClient client = tenant.mxWith("other")) {
            assertThat(client.mail("scanner@contoso.example", OUTSIDE, "")).startsWith(NO_RELAY);
            client.ask("RSET");
            client.mail("scanner@contoso.example", ANNA, "Subject: x\r\n");
        }
        assertThat(tenant.exchange.received()).extracting(Received::certificate).containsExactly("CN=other.example");
    }

    @Test
    void anExpiredCertificatePassesTheHandshakeAndMakesNoRelay() throws Exception {
        tenant(Scenario.standard());
        tenant.authority.writeClient(
                folder, "old", "contoso.example", Clock.systemUTC().instant().minusSeconds(3600));
        try (RawClient client = tenant.mxWith("old")) {
            assertThat(client.mail("scanner@contoso.example", OUTSIDE, "")).startsWith(NO_RELAY);
            client.ask("RSET");
            assertThat(client.mail("scanner@contoso.example", ANNA, "Subject: x\r\n"))
                    .startsWith("250");
        }
        assertThat(tenant.exchange.received()).extracting(Received::option).containsExactly("direct-send");
    }

    @Test
    void aCertificateOfAnotherAuthorityMakesNoRelayThoughItBearsTheName() throws Exception {
        tenant(Scenario.standard());
        Path strangers = Files.createDirectory(folder.resolve("strangers"));
        DemoAuthority.create(strangers, "contoso.example");
        try (RawClient client = RawClient.secured(tenant.exchange.mxPort(), tenant.client(strangers, "client"))) {
            assertThat(client.mail("scanner@contoso.example", OUTSIDE, "")).startsWith(NO_RELAY);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // where all of 127/8 is loopback
    void aKnownAddressMakesARelayForOwnSenders() throws Exception {
        tenant(Scenario.standard().with("connector", new Connector("", List.of("127.0.0.2"))));
        try (RawClient known = RawClient.connect(tenant.exchange.mxPort(), "127.0.0.2");
                RawClient unknown = RawClient.connect(tenant.exchange.mxPort(), "127.0.0.3")) {
            known.hear();
            unknown.hear();
            assertThat(known.mail("scanner@contoso.example", OUTSIDE, "Subject: out\r\n"))
                    .startsWith("250 2.6.0");
            assertThat(known.mail("boss@elsewhere.example", OUTSIDE, "")).startsWith(NO_RELAY);
            known.ask("RSET");
            assertThat(known.mail("", OUTSIDE, "")).startsWith(NO_RELAY);
            assertThat(unknown.mail("scanner@contoso.example", OUTSIDE, "")).startsWith(NO_RELAY);
        }
        assertThat(tenant.exchange.received()).extracting(Received::option).containsExactly("relay");
    }

    @Test
    void sessionsAreCountedByFace() throws Exception {
        tenant(Scenario.standard());
        try (RawClient one = tenant.mx();
                RawClient two = tenant.mx();
                RawClient three = tenant.submission()) {
            assertThat(tenant.exchange.mxSessions()).isEqualTo(2);
            assertThat(tenant.exchange.submissionSessions()).isEqualTo(1);
            assertThat(tenant.exchange.sessions()).isEqualTo(3);
        }
    }
}
