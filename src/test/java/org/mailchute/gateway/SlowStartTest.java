package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.broker.EmbeddedConfiguration;
import org.mailchute.broker.Queues;

/** The embedded broker on a machine or disk so slow that Artemis looks whether its configuration has changed meanwhile. */
class SlowStartTest {
    @TempDir
    Path home;

    @Test
    @DisplayName("P1: a broker that takes long to start has its doors and its rules")
    void aSlowStartKeepsTheConfiguration() throws Exception {
        Configuration told = new EmbeddedConfiguration(home, 4_711, 64L << 20).done();
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(told);
        broker.createActiveMQServer();
        ActiveMQServerImpl server = (ActiveMQServerImpl) broker.getActiveMQServer();
        server.setAfterActivationCreated(() -> await("long enough for it to look")
                .until(() -> server.getUptimeMillis() > told.getConfigurationFileRefreshPeriod()));

        broker.start();
        try {
            assertThat(server.getRemotingService().getAcceptor("vm")).isNotNull();
            AddressSettings lane = server.getAddressSettingsRepository().getMatch("mailchute.relay.connector");
            assertThat(String.valueOf(lane.getDeadLetterAddress())).isEqualTo(Queues.DEAD_LETTERS);
        } finally {
            broker.stop();
        }
    }
}
