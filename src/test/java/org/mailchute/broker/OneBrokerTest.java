package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailchute.testing.FreePort;

/** At two brokers that take connections at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneBrokerTest {
    private static final List<String> QUEUES = List.of("mail.requests");

    private final EmbeddedActiveMQ one = new EmbeddedActiveMQ();
    private final EmbeddedActiveMQ two = new EmbeddedActiveMQ();
    private final int first = FreePort.number();
    private final int second = FreePort.number();

    OneBrokerTest() throws Exception {}

    private static String place(int port) {
        return "tcp://127.0.0.1:" + port;
    }

    private static Configuration configuration(int own, int other) throws Exception {
        return new ConfigurationImpl()
                .setName("broker" + own)
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setClusterUser("cluster")
                .setClusterPassword("secret")
                .addAcceptorConfiguration("in", place(own))
                .addConnectorConfiguration("own", place(own))
                .addConnectorConfiguration("other", place(other))
                .addClusterConfiguration(new ClusterConnectionConfiguration()
                        .setName("cluster")
                        .setConnectorName("own")
                        .setStaticConnectors(List.of("other")));
    }

    @BeforeAll
    void start() throws Exception {
        one.setConfiguration(configuration(first, second)).start();
        two.setConfiguration(configuration(second, first)).start();
        await("they know each other").until(() -> knows(one) && knows(two));
    }

    @AfterAll
    void stop() throws Exception {
        one.stop();
        two.stop();
    }

    private static boolean knows(EmbeddedActiveMQ broker) {
        return broker.getActiveMQServer()
                        .getClusterManager()
                        .getClusterConnection("cluster")
                        .getTopology()
                        .getMembers()
                        .size()
                == 2;
    }

    private static ArtemisElsewhere open(String url) throws Exception {
        return ArtemisElsewhere.open(
                new BrokerPlan(
                        Optional.of(url),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                QUEUES);
    }

    @Test
    void brokersOfWhichEachWouldKeepAPartOfTheMailAreRefusedAlsoWhereOneIsNamed() {
        String both = "(" + place(first) + "," + place(second) + ")?ha=true";
        for (String url : List.of(place(first), both, both + "&useTopologyForLoadBalancing=false")) {
            assertThatThrownBy(() -> open(url).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("127.0.0.1:" + first, "127.0.0.1:" + second, "keep a part of the mail");
        }
    }

    @Test
    void oneOfThemIsTakenWhereTheUrlKeepsToIt() throws Exception {
        try (ArtemisElsewhere elsewhere = open(place(first) + "?useTopologyForLoadBalancing=false")) {
            assertThat(elsewhere.count("mail.requests")).isZero();
        }
    }
}
