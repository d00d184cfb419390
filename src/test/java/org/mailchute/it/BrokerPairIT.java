package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSContext;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FreePort;

/** A live Artemis and its backup with one store, by the URL that {@code src/docs/cluster.md} names. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts bin/artemis")
@Tag("nightly")
class BrokerPairIT extends ClusterTrial {
    private static final int SCANS = 30;
    private static final int REQUESTS = 10;

    @Test
    @DisplayName(
            "P1, P3: when the live broker is killed mail goes on by its backup, lost is nothing and repeated only what nobody can know")
    void mailGoesOnByTheBackup() throws Exception {
        int one = FreePort.number();
        int other = FreePort.number();
        String url =
                "(tcp://127.0.0.1:%d,tcp://127.0.0.1:%d)?ha=true&reconnectAttempts=-1&connectionTTL=20000&clientFailureCheckPeriod=5000"
                        .formatted(one, other);
        try (Workplace work = new Workplace(root, Scenario.standard().with("delayMillis", 50));
                RunningArtemis live = RunningArtemis.live(work.folder("artemis"), one, other);
                RunningArtemis backup = RunningArtemis.backup(work.folder("artemis"), other, one)) {
            Path settings = work.settings(
                    work.folder("home"),
                    "  jms: [{name: billing, queue: mail.requests, from: billing@contoso.example}]\n",
                    broker(url));
            try (RunningJar gateway = start(settings).awaitUp()) {
                publish(url, "request");
                flow(work, "before", SCANS, 5);
                live.signal("KILL");
                drop(work, "after", SCANS);
                awaitAll(work, 2 * SCANS + REQUESTS);
                assertThat(backup.hasTakenOver()).isTrue();
                publish(url, "later");
                awaitAll(work, 2 * SCANS + 2 * REQUESTS);
                Awaitility.await("it is well")
                        .until(() -> Workplace.ready(work.folder("home")).startsWith("200 "));
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            try (RunningJar gateway = start(settings).awaitUp()) {
                drop(work, "again", 1);
                awaitAll(work, 2 * SCANS + 2 * REQUESTS + 1);
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            assertThat(surplus(work)).as("nobody could know").isLessThanOrEqualTo(perhapsTwice());
        }
    }

    private static void publish(String url, String name) {
        try (ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(url);
                JMSContext application = broker.createContext(BrokerPort.USER, BrokerPort.PASSWORD)) {
            for (int number = 0; number < REQUESTS; number++) {
                application
                        .createProducer()
                        .send(
                                application.createQueue("mail.requests"),
                                "{\"to\": [\"anna@contoso.example\"], \"subject\": \"%s-%d\", \"text\": \"Please pay.\"}"
                                        .formatted(name, number));
            }
        }
    }
}
