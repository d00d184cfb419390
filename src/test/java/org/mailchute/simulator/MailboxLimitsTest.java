package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario.Limits;
import org.mailchute.simulator.Scenario.Mailbox;
import org.mailchute.testing.MovableClock;

class MailboxLimitsTest {
    private static final String LETTER = "Subject: hello\r\n\r\ntext\r\n.";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();

    @SuppressWarnings("NullAway.Init") // each test begins with client(...)
    private Tenant tenant;

    @AfterEach
    void close() throws Exception {
        tenant.close();
    }

    private RawClient client(Limits limits) throws Exception {
        tenant = new Tenant(folder, Scenario.standard().with("limits", limits), clock);
        return tenant.loggedIn();
    }

    private static String send(RawClient client, String... recipients) throws Exception {
        client.ask("MAIL FROM:<scanner@contoso.example>");
        for (String recipient : recipients) {
            client.ask("RCPT TO:<" + recipient + ">");
        }
        client.ask("DATA");
        return client.ask(LETTER);
    }

    @Test
    void moreMessagesAMinuteAreTakenAndLeaveInTheNextMinutes() throws Exception {
        RawClient client = client(new Limits(2, 100, 10_000, 20));
        for (int number = 0; number < 5; number++) {
            assertThat(send(client, "a@fabrikam.example")).startsWith("250 ");
        }

        assertThat(tenant.exchange.received())
                .extracting(mail -> Duration.between(mail.at(), mail.leaves()))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2));
    }

    @Test
    void aFullDayIsRefusedAfterTheDotAndFreesInASlidingWindow() throws Exception {
        RawClient client = client(new Limits(30, 3, 10_000, 10_000));
        assertThat(send(client, "a@x.example", "b@x.example")).startsWith("250 ");
        clock.move(Duration.ofHours(1));
        assertThat(send(client, "a@x.example", "b@x.example"))
                .startsWith("554 5.2.0 ")
                .contains("SubmissionQuotaExceeded");
        assertThat(send(client, "a@x.example")).startsWith("250 ");
        clock.move(Duration.ofHours(23));
        assertThat(send(client, "a@x.example", "b@x.example")).startsWith("250 ");
    }

    @Test
    void theMailboxsSizeLimitHoldsWhateverEhloSays() throws Exception {
        RawClient client = client(new Limits(30, 100, 10, 20));

        assertThat(send(client, "a@x.example")).isEqualTo("554 5.2.270 Message too large");
        assertThat(tenant.exchange.received()).isEmpty();
    }

    @Test
    void aSessionIsCutWhenItsTimeIsOver() throws Exception {
        RawClient client = client(Limits.MICROSOFT);
        clock.move(Duration.ofMinutes(20));
        assertThat(client.ask("NOOP")).startsWith("250 ");
        clock.move(Duration.ofSeconds(1));

        assertThat(client.ask("NOOP")).isEqualTo("421 4.4.2 Connection dropped");
    }

    @Test
    void aMailboxWithSmtpAuthSwitchedOffRefusesAGoodToken() throws Exception {
        tenant = new Tenant(
                folder,
                Scenario.standard().withMailboxes(List.of(new Mailbox(Tenant.MAILBOX, "", List.of(), false))),
                clock);

        assertThat(tenant.submission().login(Tenant.MAILBOX, tenant.token()))
                .startsWith("535 5.7.139 ")
                .contains("disabled for the Mailbox");
    }

    @Test
    void theBusiestMinuteIsCountedAtMailAndAtAcceptance() throws Exception {
        RawClient client = client(Limits.MICROSOFT);
        for (int number = 0; number < 3; number++) {
            send(client, "a@x.example");
            clock.move(Duration.ofSeconds(30));
        }
        client.ask("MAIL FROM:<scanner@contoso.example>");
        client.ask("RSET");

        assertThat(tenant.exchange.busiest(Duration.ofSeconds(60))).isEqualTo(new Busiest(2, 2));
        assertThat(tenant.exchange.busiest(Duration.ofSeconds(61)))
                .as("the fourth was begun only")
                .isEqualTo(new Busiest(3, 3));
        assertThat(tenant.exchange.busiest(Duration.ofMinutes(2))).isEqualTo(new Busiest(4, 3));
        assertThat(tenant.exchange.busiest(Duration.ofMillis(1))).isEqualTo(new Busiest(1, 1));
    }
}
