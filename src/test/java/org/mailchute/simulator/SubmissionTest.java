package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.simulator.Tenant.MAILBOX;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.simulator.Scenario.Mailbox;

/** What smtp.office365.com asks of its clients. */
class SubmissionTest {
    private static final String FAILED = "535 5.7.3 Authentication unsuccessful";

    private Tenant tenant;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        tenant = new Tenant(
                folder,
                Scenario.standard()
                        .withMailboxes(List.of(
                                new Mailbox(MAILBOX, "demo-mailbox-password", List.of("reception@contoso.example")),
                                new Mailbox("oauth@contoso.example", "", List.of()))));
    }

    @AfterEach
    void stop() throws Exception {
        tenant.close();
    }

    @Test
    void beforeTlsItOffersStartTlsAndNoLogin() throws Exception {
        try (RawClient client = RawClient.connect(tenant.exchange.submissionPort())) {
            assertThat(client.hear()).startsWith("220 ");
            assertThat(client.ask("EHLO client.example").lines().map(line -> line.substring(4)))
                    .contains("SIZE 157286400", "PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8", "STARTTLS")
                    .noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void afterTlsItOffersLoginAndNoStartTls() throws Exception {
        try (RawClient client = RawClient.greeted(tenant.exchange.submissionPort())) {
            client.startTls(tenant.trust());
            assertThat(client.ask("EHLO client.example").lines().map(line -> line.substring(4)))
                    .contains("AUTH LOGIN XOAUTH2", "PIPELINING")
                    .doesNotContain("STARTTLS");
            assertThat(client.ask("STARTTLS")).startsWith("503 5.5.2");
        }
    }

    @Test
    void mailBeforeStartTlsIsRefused() throws Exception {
        try (RawClient client = RawClient.greeted(tenant.exchange.submissionPort())) {
            assertThat(client.ask("AUTH LOGIN")).startsWith("504 5.7.4");
            assertThat(client.mail(MAILBOX, "anna@contoso.example", ""))
                    .isEqualTo("451 5.7.3 Must issue a STARTTLS command first");
        }
    }

    @Test
    void mailWithoutLoginIsRefused() throws Exception {
        try (RawClient client = tenant.submission()) {
            assertThat(client.mail(MAILBOX, "anna@contoso.example", ""))
                    .startsWith("530 5.7.57 Client not authenticated to send mail");
        }
    }

    @Test
    void whatCameInTheClearAfterStartTlsIsNotObeyed() throws Exception {
        try (RawClient client = RawClient.greeted(tenant.exchange.submissionPort())) {
            client.send("STARTTLS\r\nNOOP injected\r\n");
            assertThat(client.hear()).startsWith("220");
            client.handshake(tenant.trust());
            assertThat(client.ask("EHLO client.example")).startsWith("250-");
            assertThat(tenant.exchange.commands()).noneMatch(command -> command.contains("injected"));
        }
    }

    @Test
    void aTokenIsTakenAsInitialResponse() throws Exception {
        try (RawClient client = tenant.submission()) {
            assertThat(client.login(MAILBOX, tenant.token())).isEqualTo("235 2.7.0 Authentication successful");
        }
    }

    @Test
    void aTokenIsTakenAfterTheChallenge() throws Exception {
        try (RawClient client = tenant.submission()) {
            assertThat(client.ask("AUTH XOAUTH2")).isEqualTo("334");
            assertThat(client.ask(RawClient.xoauth2(MAILBOX, tenant.token()))).startsWith("235 2.7.0");
        }
    }

    @Test
    void aTokenItNeverIssuedIsRefusedAndTheNextLoginMaySucceed() throws Exception {
        try (RawClient client = tenant.submission()) {
            assertThat(client.login(MAILBOX, "eyMadeUp")).startsWith(FAILED);
            assertThat(client.login("nobody@contoso.example", tenant.token())).startsWith(FAILED);
            assertThat(client.login(MAILBOX.toUpperCase(java.util.Locale.ROOT), tenant.token()))
                    .startsWith("235");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user=%s\u0001auth=Bearer %s\u0001",
                "user=%s\u0001auth=Bearer %s",
                "user=%s\u0001auth=bearer%s\u0001\u0001",
                "%s\u0001auth=Bearer %s\u0001\u0001",
                "user=%s auth=Bearer %s\u0001\u0001"
            })
    void aLoginThatIsNotXoauth2ToTheLetterIsRefused(String shape) throws Exception {
        try (RawClient client = tenant.submission()) {
            String response = shape.formatted(MAILBOX, tenant.token());
            assertThat(client.ask("AUTH XOAUTH2 " + RawClient.base64(response))).startsWith(FAILED);
        }
    }

    @Test
    void aPasswordIsTakenWhereTheMailboxHasOne() throws Exception {
        try (RawClient client = tenant.submission()) {
            assertThat(passwordLogin(client, MAILBOX, "wrong")).startsWith(FAILED);
            assertThat(passwordLogin(client, "oauth@contoso.example", "")).startsWith(FAILED);
            assertThat(passwordLogin(client, MAILBOX, "demo-mailbox-password")).startsWith("235");
        }
    }

    private static String passwordLogin(RawClient client, String user, String password) throws Exception {
        assertThat(client.ask("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
        assertThat(client.ask(RawClient.base64(user))).isEqualTo("334 UGFzc3dvcmQ6");
        return client.ask(RawClient.base64(password));
    }

    @Test
    void aLoginCanBeCancelledAndAddedOnlyOnce() throws Exception {
        try (RawClient client = tenant.submission()) {
            client.ask("AUTH LOGIN");
            assertThat(client.ask("*")).startsWith("501");
            assertThat(client.login(MAILBOX, tenant.token())).startsWith("235");
            assertThat(client.login(MAILBOX, tenant.token())).startsWith("503 5.5.2");
        }
    }

    @Test
    void onlyTheSessionBeyondTheThirdIsRefusedAndOnlyWhileTheyLast() throws Exception {
        try (RawClient one = tenant.loggedIn();
                RawClient two = tenant.loggedIn();
                RawClient three = tenant.loggedIn();
                RawClient surplus = tenant.loggedIn()) {
            for (RawClient client : List.of(one, two, three)) {
                assertThat(client.ask("MAIL FROM:<" + MAILBOX + ">")).startsWith("250");
            }
            assertThat(surplus.ask("MAIL FROM:<" + MAILBOX + ">"))
                    .startsWith("432 4.3.2 Concurrent connections limit exceeded");
            assertThat(one.ask("RSET")).startsWith("250");
            assertThat(one.mail(MAILBOX, "anna@contoso.example", "Subject: goes on\r\n"))
                    .startsWith("250 2.6.0");
            assertThat(two.ask("QUIT")).startsWith("221");
            assertThat(surplus.ask("MAIL FROM:<" + MAILBOX + ">")).startsWith("250");
            three.close();
            try (RawClient next = tenant.loggedIn()) {
                await().until(() -> next.ask("MAIL FROM:<" + MAILBOX + ">").startsWith("250"));
            }
        }
    }

    @Test
    void sendingAsSomebodyElseIsRefusedAfterTheDotAndKeepsNothing() throws Exception {
        try (RawClient client = tenant.loggedIn()) {
            assertThat(client.mail("boss@contoso.example", "anna@contoso.example", "Subject: no\r\n"))
                    .startsWith("554 5.2.252 SendAsDenied");
            assertThat(tenant.exchange.received()).isEmpty();
            assertThat(tenant.folder.resolve("mail")).isEmptyDirectory();
            assertThat(client.mail("reception@contoso.example", "anna@contoso.example", "Subject: granted\r\n"))
                    .startsWith("250 2.6.0");
        }
    }

    @Test
    void whatWasReceivedTellsHowItCame() throws Exception {
        try (RawClient client = tenant.loggedIn()) {
            client.mail(MAILBOX, "guest@elsewhere.example", "Subject: x\r\n\r\n..two dots lose one");
            Received mail = tenant.exchange.received().get(0);
            assertThat(mail.option()).isEqualTo("submission");
            assertThat(mail.mailFrom()).isEqualTo(MAILBOX);
            assertThat(mail.recipients()).containsExactly("guest@elsewhere.example");
            assertThat(mail.user()).isEqualTo(MAILBOX);
            assertThat(mail.tls()).isEqualTo("TLSv1.3");
            assertThat(mail.certificate()).isEmpty();
            assertThat(mail.session()).isEqualTo(1);
            assertThat(mail.file().getFileName()).hasToString("0001-submission-guest@elsewhere.example.eml");
            assertThat(Files.readString(mail.file())).isEqualTo("Subject: x\r\n\r\n.two dots lose one\r\n");
        }
    }

    @Test
    void theListOfCommandsHoldsNoSecret() throws Exception {
        String token = tenant.token();
        try (RawClient client = tenant.submission()) {
            client.login(MAILBOX, token);
        }
        try (RawClient client = tenant.submission()) {
            client.ask("AUTH\tXOAUTH2 " + RawClient.xoauth2(MAILBOX, token));
        }
        try (RawClient client = tenant.submission()) {
            passwordLogin(client, MAILBOX, "demo-mailbox-password");
        }
        assertThat(tenant.exchange.commands())
                .contains("1 AUTH XOAUTH2")
                .noneMatch(command ->
                        Pattern.compile("[A-Za-z0-9+/=]{40}").matcher(command).find())
                .noneMatch(command -> command.contains(RawClient.base64("demo-mailbox-password")));
    }
}
