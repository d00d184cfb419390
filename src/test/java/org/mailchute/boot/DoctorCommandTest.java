package org.mailchute.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;

/** The command, with real settings, against the simulator. */
class DoctorCommandTest {
    @TempDir
    Path folder;

    @Test
    void aHealthyTenantHasNoErrorAndEveryLaneIsShown() throws Exception {
        try (Town town = new Town(folder, Scenario.standard())) {
            Town.Ran ran = town.command("doctor");
            assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
            assertThat(ran.out())
                    .contains(
                            "lane direct: direct-send, localhost:", "lane connector: relay", "lane mailbox: submission")
                    .contains("ok          19  login: logged in as scanner@contoso.example")
                    .doesNotContain("ERROR")
                    .doesNotContain("demo-client-secret");
        }
    }

    @Test
    void anErrorIsShownWithWhatToDoAndExitCode1() throws Exception {
        try (Town town = new Town(folder, Scenario.standard().withRejectDirectSend(true))) {
            Town.Ran ran = town.command("doctor", "--lane", "direct");
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("ERROR       17  probe without a message: ", "5.7.68", "do: Make a connector")
                    .doesNotContain("lane mailbox");
        }
    }

    @Test
    void jsonIsOneDocumentWithStableKeys() throws Exception {
        try (Town town = new Town(folder, Scenario.standard()).withSecret("wrong-client-secret")) {
            Town.Ran ran = town.command("doctor", "--json", "--option", "submission");
            assertThat(ran.exitCode()).isEqualTo(1);
            JsonNode all = new ObjectMapper().readTree(ran.out());
            assertThat(all.path("counts").path("error").asInt()).isEqualTo(1);
            JsonNode lane = all.path("lanes").path(0);
            assertThat(lane.path("lane").asText()).isEqualTo("mailbox");
            assertThat(lane.path("option").asText()).isEqualTo("submission");
            assertThat(lane.path("checks"))
                    .anySatisfy(
                            check -> assertThat(check.toString())
                                    .startsWith(
                                            "{\"number\":18,\"topic\":\"token\",\"title\":\"OAuth token\",\"status\":\"error\","
                                                    + "\"seen\":\"no token from Entra: the client secret is wrong (AADSTS7000215)\",\"remedy\":"));
            assertThat(ran.out()).doesNotContain("wrong-client-secret");
        }
    }

    @Test
    void aLaneThatIsNotThereIsAnUsageError() throws Exception {
        try (Town town = new Town(folder, Scenario.standard())) {
            Town.Ran ran = town.command("doctor", "--lane", "nowhere");
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).contains("no such lane; the settings have: direct (direct-send), connector (relay)");
        }
    }
}
