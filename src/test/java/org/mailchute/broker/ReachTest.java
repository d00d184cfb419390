package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.mailchute.gateway.OtherMachine;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.TestFolder;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** Whether the broker is known to be away where its client connects again by itself, and its users see nothing of it. */
class ReachTest {
    private final Reach reach = new Reach();

    @Test
    void aClientThatConnectsAgainByItselfTellsThatItHasLostTheBrokerAndThatItHasFoundIt() throws Exception {
        Certificates authority = new Certificates();
        try (TestFolder folder = new TestFolder();
                OtherMachine machine = OtherMachine.prepared(folder.path().resolve("other"), authority)
                        .start();
                Connection held = connect(
                        machine, authority.trustStore(folder.path(), "secret").toString())) {
            held.start();
            assertThat(reach.fault()).isEmpty();
            machine.close();
            await("lost").until(() -> reach.fault().equals(Optional.of("its connection was lost")));
            machine.start();
            await("found").until(() -> reach.fault().isEmpty());
        }
    }

    private Connection connect(OtherMachine machine, String store) throws JMSException {
        JmsPoolConnectionFactory pool = reach.pool();
        pool.setConnectionFactory(new ActiveMQConnectionFactory("tcp://localhost:" + machine.port()
                + "?reconnectAttempts=-1&sslEnabled=true&trustStoreType=PKCS12&trustStorePassword=secret&trustStorePath="
                + store));
        return pool.createConnection("gateway", "gateway-secret");
    }
}
