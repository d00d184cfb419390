package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FreePort;

/** The jar at a broker elsewhere, which is a real distribution of the lowest version that {@code src/docs/applications.md} names. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts bin/artemis")
class ArtemisIT {
    @TempDir
    Path root;

    @Test
    void theLowestArtemisStartsWithTheFileShippedAndCarriesScansAndRequestsWithNoWarningButOfItsVersion()
            throws Exception {
        int port = FreePort.number();
        String url = "tcp://127.0.0.1:" + port;
        Path password = Files.writeString(root.resolve("password"), "gateway-secret");
        try (Workplace work = new Workplace(root, Scenario.standard());
                RunningArtemis broker = RunningArtemis.start(work.folder("artemis"), port)) {
            Path settings = work.settings(
                    work.folder("home"),
                    "  jms: [{name: billing, queue: mail.requests, from: billing@contoso.example}]\n",
                    "broker: {url: \"%s\", user: gateway, password: \"${file:%s}\"}\n".formatted(url, password));
            try (RunningJar gateway = RunningJar.gateway(root, "128m", settings).awaitUp()) {
                work.drop("scan.bin", "scan".getBytes(StandardCharsets.UTF_8));
                try (JMSContext application =
                        new ActiveMQConnectionFactory(url).createContext(BrokerPort.USER, BrokerPort.PASSWORD)) {
                    application
                            .createProducer()
                            .send(
                                    application.createQueue("mail.requests"),
                                    "{\"to\": [\"anna@contoso.example\"], \"text\": \"Please pay.\"}");
                }
                Awaitility.await("both").until(() -> work.received().size() == 2);
                assertThat(gateway.output().lines().filter(line -> line.contains(" WARN ")))
                        .singleElement()
                        .asString()
                        .contains("is Artemis 2.", "update it to Artemis 2.57");
                assertThat(gateway.terminate()).isEqualTo(143);
            }
        }
    }
}
