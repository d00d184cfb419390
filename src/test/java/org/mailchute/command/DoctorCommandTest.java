package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.gateway.Town;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.LoopbackDns;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;

/** The command, with real settings, against the simulator. */
class DoctorCommandTest {
    @RegisterExtension
    final Town town = new Town();

    private LoopbackDns dns;

    @BeforeEach
    void begin() throws Exception {
        Name domain = Name.fromString("contoso.example.");
        dns = new LoopbackDns()
                .knows(new MXRecord(
                        domain, DClass.IN, 60, 10, Name.fromString("contoso-example.mail.protection.outlook.com.")));
    }

    @AfterEach
    void end() {
        dns.close();
    }

    private Town.Ran doctor(String... words) throws Exception {
        int port = ((SimpleResolver) dns.resolver()).getAddress().getPort();
        return town.command(Stream.concat(Stream.of("doctor", "--dns", "127.0.0.1:" + port), Stream.of(words))
                .toArray(String[]::new));
    }

    @Test
    void aHealthyTenantHasNoErrorAndEveryLaneIsShown() throws Exception {
        Town.Ran ran = doctor();
        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .contains("lane direct: direct-send, localhost:", "lane connector: relay", "lane mailbox: submission")
                .contains("ok          19  login: logged in as scanner@contoso.example")
                .contains("ok          12  MX of the sender's domain: contoso.example is at contoso-example.mail")
                .doesNotContain("ERROR")
                .doesNotContain("demo-client-secret");
    }

    @Test
    void folderAndRulesAndMailboxesThatAreSharedAreLookedAt() throws Exception {
        town.withRule("{domain: fabrikam.example, lane: [mailbox, direct]}")
                .withMailbox("orders", "sender: own")
                .withBroker(
                        "accept: {port: 0, protocols: [amqp, core], users: [{name: billing, password: \"${file:%s}\", maySend: mail.requests}]}"
                                .formatted(Files.writeString(town.root().resolve("password"), "kX9")));
        Town.Ran ran = doctor();
        assertThat(ran.out())
                .contains("gateway", "26  who may write to the folders: " + town.folder("scans"))
                .contains(
                        "warning     27  protocols of the broker: broker.accept speaks core, in which whoever reaches")
                .contains("warning     25  lanes that take over: mail to fabrikam.example may go over this lane")
                .contains("ok          25  lanes that take over: when this lane is stopped, may take over: direct")
                .contains("warning     23  limits of the mailbox: scanner@contoso.example may do more")
                .contains("ok          23  limits of the mailbox: orders@contoso.example has 2 sessions");
    }

    @Test
    void anErrorIsShownWithWhatToDoAndExitCode1() throws Exception {
        town.withScenario(Scenario.standard().with("rejectDirectSend", true));
        Town.Ran ran = doctor("--lane", "direct");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("ERROR       17  probe without a message: ", "5.7.68", "do: Make a connector")
                .doesNotContain("lane mailbox");
    }

    @Test
    void jsonIsOneDocumentWithStableKeys() throws Exception {
        town.withSecret("wrong-client-secret");
        Town.Ran ran = doctor("--json", "--option", "submission");
        assertThat(ran.exitCode()).isEqualTo(1);
        JsonNode all = new ObjectMapper().readTree(ran.out());
        assertThat(all.findParents("status").stream()
                        .filter(check -> check.path("status").asText().equals("error"))
                        .map(check -> check.path("seen").asText()))
                .hasSize(all.path("counts").path("error").asInt())
                .containsExactly("no token from Entra: the client secret is wrong (AADSTS7000215)");
        JsonNode lane = all.path("lanes").path(0);
        assertThat(lane.path("lane").asText()).isEqualTo("mailbox");
        assertThat(all.path("gateway").path("checks").isArray()).isTrue();
        assertThat(lane.path("option").asText()).isEqualTo("submission");
        assertThat(lane.path("checks"))
                .anySatisfy(
                        check -> assertThat(check.toString())
                                .startsWith(
                                        "{\"number\":18,\"topic\":\"token\",\"title\":\"OAuth token\",\"status\":\"error\","
                                                + "\"seen\":\"no token from Entra: the client secret is wrong (AADSTS7000215)\",\"remedy\":"));
        assertThat(ran.out()).doesNotContain("wrong-client-secret");
    }

    @Test
    void aLaneThatIsNotThereIsAnUsageError() throws Exception {
        Town.Ran ran = doctor("--lane", "nowhere");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("no such lane; the settings have: direct (direct-send), connector (relay)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns.example", "9.9.9.9:65536", "9.9.9.9:0", "2620:fe::fe", "999.9.9.9"})
    void aDnsServerThatIsNoAddressIsAUsageError(String server) throws Exception {
        Town.Ran ran = town.command("doctor", "--dns", server);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains('"' + server + "\" is no address such as 9.9.9.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.9.9.9", "127.0.0.1:5353", "127.0.0.1:65535", "[2620:fe::fe]", "[::1]:53"})
    void aDnsServerIsAnAddressWithOrWithoutAPort(String server) {
        assertThat(new DoctorCommand.Server().convert(server)).isNotNull();
    }
}
