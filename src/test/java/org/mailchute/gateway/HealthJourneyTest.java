package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.settings.SettingsReader;

/** What a running gateway says of its health, by HTTP and by JMX. */
class HealthJourneyTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    @RegisterExtension
    final Town town = new Town();

    /** Without the status before it. */
    private JsonNode details(String page) throws Exception {
        return new ObjectMapper().readTree(town.answer(page + "?details").replaceFirst("^\\d+ ", ""));
    }

    private JsonNode data(String check) throws Exception {
        for (JsonNode each : details("/health/ready").get("checks")) {
            if (each.get("name").asText().equals(check)) {
                return each.get("data");
            }
        }
        throw new AssertionError("no check " + check);
    }

    private static Set<ObjectName> beans(String type) throws Exception {
        return JMX.queryNames(new ObjectName("org.apache.camel:context=mailchute,type=" + type + ",*"), null);
    }

    private static void route(String id, String operation) throws Exception {
        JMX.invoke(
                new ObjectName("org.apache.camel:context=mailchute,type=routes,name=\"" + id + "\""),
                operation,
                new Object[0],
                new String[0]);
    }

    @Test
    @DisplayName("P9: health tells of each part and of nobody's address; a held lane makes nothing else not ready")
    void eachPartSaysHowItIs() throws Exception {
        town.start();
        assertThat(town.command("lanes", "hold", "mailbox").exitCode()).isZero();
        assertThat(town.ready()).isEqualTo("200 ready\n");
        assertThat(town.answer("/health/live")).isEqualTo("200 live\n");
        assertThat(details("/health/live").get("checks").findValuesAsText("name"))
                .containsExactly("context", "mailchute");
        assertThat(data("mailchute").get("settings").asText())
                .isEqualTo(
                        SettingsReader.read(town.settings(), Map.of()).written().hash());
        assertThat(details("/health/ready").get("checks").findValuesAsText("name"))
                .contains("disk", "broker", "lane:direct", "lane:connector", "lane:mailbox")
                .contains("route:intake-scans", "route:submission-mailbox", "route:next-hop")
                .contains("consumer:intake-scans", "consumer:intake-applications");
        assertThat(data("lane:mailbox").get("state").asText()).isEqualTo("held");
        assertThat(data("disk").get("used").asText()).matches("\\d+ %");

        Path away = town.root().resolve("away");
        Files.move(town.folder("both"), away);
        await("told").until(() -> town.ready().equals("503 not ready: intake both cannot be polled, see the log\n"));
        assertThat(details("/health/ready").get("status").asText()).isEqualTo("DOWN");
        assertThat(details("/health/ready").toString()).doesNotContain("@", "demo-client-secret", "scanner");
        assertThat(town.answer("/health/live")).startsWith("200 ");
        Files.move(away, town.root().resolve("both"));
        await("well").until(() -> town.ready().startsWith("200 "));
        assertThat(beans("*")).as("JMX is off").isEmpty();
    }

    @Test
    void byJmxThereAreTheContextAndItsRoutesUntilTheGatewayEnds() throws Exception {
        town.withManagementOptions("jmx: true").start();
        assertThat(beans("context")).hasSize(1);
        assertThat(beans("routes").toString()).contains("\"intake-scans\"", "\"submission-mailbox\"");

        route("intake-scans", "stop()");
        assertThat(town.ready()).isEqualTo("503 not ready: Route intake-scans has status Stopped\n");
        route("intake-scans", "start()");
        assertThat(town.ready()).isEqualTo("200 ready\n");

        town.stop();
        assertThat(beans("*")).isEmpty();
    }
}
