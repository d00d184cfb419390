package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Rule;
import org.mailchute.testing.Patience;

/** What a scenario can make go wrong. */
class RulesTest {
    private static final String ANNA = "anna@contoso.example";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private Tenant tenant;

    private RawClient client(Scenario scenario) throws Exception {
        tenant = new Tenant(folder, scenario);
        return tenant.mx();
    }

    @AfterEach
    void stop() throws Exception {
        if (tenant != null) {
            tenant.close();
        }
    }

    @Test
    void theStandardOneKnowsNoLeaverAndIsBusyOnce() throws Exception {
        try (RawClient client = client(Scenario.standard())) {
            client.ask("MAIL FROM:<>");
            assertThat(client.ask("RCPT TO:<leaver@contoso.example>")).startsWith("550 5.1.10 RESOLVER.ADR");
            assertThat(client.ask("RCPT TO:<Leaver@contoso.example>")).startsWith("550 5.1.10 RESOLVER.ADR");
            assertThat(client.ask("RCPT TO:<busy@contoso.example>")).startsWith("432 4.3.2 STOREDRV.Deliver;");
            assertThat(client.ask("RCPT TO:<busy@contoso.example>")).startsWith("250");
        }
    }

    @Test
    void aSenderIsRefusedAsOftenAsTheRuleSays() throws Exception {
        try (RawClient client =
                client(Scenario.standard().withRule("scanner@contoso.example", At.MAIL, 2, "450 4.7.3 Not you, now"))) {
            assertThat(client.ask("MAIL FROM:<scanner@contoso.example>")).isEqualTo("450 4.7.3 Not you, now");
            assertThat(client.ask("MAIL FROM:<scanner@contoso.example>")).isEqualTo("450 4.7.3 Not you, now");
            assertThat(client.ask("MAIL FROM:<scanner@contoso.example>")).startsWith("250");
        }
    }

    @Test
    void rulesForTheSameAddressAreUsedUpOneAfterTheOther() throws Exception {
        try (RawClient client = client(Scenario.standard()
                .withRule("anna", At.RCPT, 1, "451 4.3.0 First")
                .withRule("anna", At.RCPT, 1, "451 4.3.0 First")
                .withRule("*", At.RCPT, 1, "452 4.3.1 Third"))) {
            client.ask("MAIL FROM:<>");
            assertThat(client.ask("RCPT TO:<" + ANNA + ">")).endsWith("First");
            assertThat(client.ask("RCPT TO:<" + ANNA + ">")).endsWith("First");
            assertThat(client.ask("RCPT TO:<" + ANNA + ">")).endsWith("Third");
            assertThat(client.ask("RCPT TO:<" + ANNA + ">")).startsWith("250");
        }
    }

    @Test
    void dataIsRefusedBeforeTheContent() throws Exception {
        try (RawClient client =
                client(Scenario.standard().withRule("anna", At.DATA, 1, "451 4.3.2 Please try again later"))) {
            assertThat(client.mail("", ANNA, "")).isEqualTo("451 4.3.2 Please try again later");
            client.ask("RSET");
            assertThat(client.mail("", ANNA, "Subject: x\r\n")).startsWith("250");
        }
    }

    @Test
    void theContentIsRefusedAndNotKept() throws Exception {
        try (RawClient client =
                client(Scenario.standard().withRule("anna", At.END_OF_DATA, 1, "554 5.6.0 Corrupt message content"))) {
            assertThat(client.mail("", ANNA, "Subject: x\r\n")).isEqualTo("554 5.6.0 Corrupt message content");
            assertThat(tenant.folder.resolve("mail")).isEmptyDirectory();
            assertThat(client.mail("", ANNA, "Subject: x\r\n")).startsWith("250");
        }
    }

    @Test
    void theConnectionIsLostAfterTheDotAndTheMessageKept() throws Exception {
        try (RawClient client = client(Scenario.standard().withRule("anna", At.LOST, 1, ""))) {
            assertThat(client.mail("", ANNA, "Subject: kept\r\n")).isEmpty();
        }
        assertThat(tenant.exchange.received()).hasSize(1);
        assertThat(tenant.exchange.received().get(0).file()).content().startsWith("Subject: kept");
        try (RawClient client = tenant.mx()) {
            assertThat(client.mail("", ANNA, "Subject: again\r\n")).startsWith("250");
        }
    }

    @Test
    void aGreetingThatRefusesEndsTheConnection() throws Exception {
        tenant = new Tenant(folder, Scenario.standard().with("greeting", "421 4.3.2 Service not available"));
        try (RawClient client = RawClient.connect(tenant.exchange.mxPort())) {
            assertThat(client.hear()).isEqualTo("421 4.3.2 Service not available");
            assertThat(client.hear()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = At.class,
            names = {"GREETING", "EHLO", "STARTTLS", "AUTH"})
    void everyStageBeforeMailIsScriptedForOneClientAndAsOftenAsTheRuleSays(At at) throws Exception {
        String said = "421 4.3.2 Service not available";
        String whom = at == At.AUTH ? "scanner@contoso.example" : "127.0.0.1";
        tenant = new Tenant(
                folder,
                Scenario.standard()
                        .withRule("127.0.0.9", at, 1, "554 5.0.0 Not you")
                        .withRule(whom, at, 1, said));

        assertThat(replyAt(at)).isEqualTo(said);
        assertThat(replyAt(at)).startsWith("2");
    }

    /** Of a session with the submission endpoint that goes on to there. */
    private String replyAt(At at) throws Exception {
        if (at == At.AUTH) {
            try (RawClient client = tenant.submission()) {
                return client.login("scanner@contoso.example", tenant.token());
            }
        }
        try (RawClient client = RawClient.connect(tenant.exchange.submissionPort())) {
            String reply = client.hear();
            reply = at == At.GREETING ? reply : client.ask("EHLO client.example");
            return at == At.STARTTLS ? client.ask("STARTTLS") : reply;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = At.class,
            names = {"MAIL", "RCPT", "DATA", "END_OF_DATA"})
    void aReplyOfNoneCutsTheConnectionAndKeepsNothing(At at) throws Exception {
        String whom = at == At.MAIL ? "scanner@contoso.example" : "anna";
        try (RawClient client = client(Scenario.standard().withRule(whom, at, 1, Rule.NONE))) {
            assertThat(client.mail("scanner@contoso.example", ANNA, "Subject: x\r\n"))
                    .isEmpty();
        }
        assertThat(tenant.exchange.received()).isEmpty();
    }

    @Test
    void aFlightOfRepliesIsLateOnceNotByReply() throws Exception {
        try (RawClient client = client(Scenario.standard().with("delayMillis", 300))) {
            String replies = Patience.notBefore(Duration.ofMillis(300), () -> {
                client.send(
                        "MAIL FROM:<>\r\nRCPT TO:<anna@contoso.example>\r\nRCPT TO:<ben@contoso.example>\r\nDATA\r\n");
                return client.segment();
            });
            assertThat(replies.lines()).hasSize(4);
        }
    }

    @Test
    void aRuleThatCouldNotWorkIsNoRule() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rule("anna", At.RCPT, 0, "451 4.3.0 Never"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rule("anna", At.RCPT, 1, "not now"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rule("anna", At.RCPT, 1, "451 a\r\n250 b"));
    }
}
