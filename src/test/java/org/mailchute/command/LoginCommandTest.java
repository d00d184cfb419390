package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.gateway.Letters;
import org.mailchute.gateway.Town;
import org.mailchute.simulator.Scenario;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** A person signs in by device code, through the real msal4j, and a real lane sends with it. */
class LoginCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @RegisterExtension
    final Town town = new Town();

    @BeforeEach
    void build() throws Exception {
        // msal4j keeps refusals by client id for two minutes, so each test is a client of its own
        String client = UUID.randomUUID().toString();
        Scenario.App app = Scenario.standard().app();
        town.withScenario(Scenario.standard().with("app", new Scenario.App(app.tenant(), client, app.clientSecret())))
                .withMailboxOptions("messagesPerMinute: 0, probe: 1s")
                .withLogin("delegated: true, clientId: " + client);
    }

    private int login(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int signIn() throws Exception {
        return login("login", "mailbox", "--config", town.settings().toString());
    }

    private Path kept() throws Exception {
        return town.home().resolve("tokens").resolve("mailbox");
    }

    private void publish() {
        town.publish(Letters.letter("buyer@fabrikam.example"));
    }

    @Test
    @DisplayName("P5: without a sign-in the lane is held, and goes on by itself after mailchute login")
    void aLaneWithoutASignInIsHeldUntilSomebodySignsIn() throws Exception {
        town.start();
        DeliveryEvent held = town.awaitEvent(Kind.LANE_HELD);
        assertThat(held.reason()).contains("nobody has signed in yet");
        assertThat(held.remedy()).contains("Run: mailchute login mailbox");
        publish();

        assertThat(signIn()).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Go to https://login.example/device and enter the code ABCD-EFGH.")
                .contains("signed in as scanner@contoso.example; kept in " + kept());

        assertThat(town.awaitReceived(1).get(0).option()).isEqualTo("submission");
        town.awaitEvent(Kind.LANE_OPEN);
    }

    @Test
    void theSignInIsForItsOwnerOnlyAndPrintedNowhere() throws Exception {
        assertThat(signIn()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(town.home().resolve("tokens"))))
                .isEqualTo("rwx------");
        String refreshToken = new ObjectMapper()
                .readTree(kept().toFile())
                .get("RefreshToken")
                .elements()
                .next()
                .get("secret")
                .asText();
        assertThat(refreshToken).hasSize(36);
        assertThat(out.toString() + err).doesNotContain(refreshToken).doesNotContain("eyJ");
    }

    @Test
    void aRestartedGatewayGoesOnWithTheSignInItKept() throws Exception {
        signIn();
        town.start();
        publish();
        town.awaitReceived(1);
        town.stop();
        town.start();
        publish();
        town.awaitReceived(2);
        assertThat(town.events(Kind.LANE_HELD)).isEmpty();
    }

    @Test
    void aSignInThatOthersMayReadIsNotUsed() throws Exception {
        signIn();
        Files.setPosixFilePermissions(kept(), PosixFilePermissions.fromString("rw-r--r--"));
        town.start();
        DeliveryEvent held = town.awaitEvent(Kind.LANE_HELD);
        assertThat(held.reason()).contains("may be read by others");
        assertThat(held.remedy()).contains("chmod 600");
    }

    @Test
    void onlyALaneThatTakesASignInGetsOne() throws Exception {
        String file = town.settings().toString();
        assertThat(login("login", "direct", "--config", file)).isEqualTo(2);
        assertThat(login("login", "nolane", "--config", file)).isEqualTo(2);
        assertThat(login("login")).isEqualTo(2);
        assertThat(err.toString())
                .contains("the lane direct logs in by itself")
                .contains("there is no lane nolane; there are direct, connector, mailbox")
                .contains("Missing required parameter: 'LANE'");
        await().until(() -> !Files.exists(kept()));
    }

    @Test
    void anAppThatEntraDoesNotKnowIsToldAndNothingIsKept() throws Exception {
        town.withLogin("delegated: true, clientId: " + UUID.randomUUID());
        assertThat(signIn()).isEqualTo(1);
        assertThat(err.toString())
                .contains("the application is not known in this tenant")
                .contains("client id");
        assertThat(kept()).doesNotExist();
    }
}
