package org.mailchute.broker;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis in this JVM that keeps nothing on disk, and our pools to it. */
final class MemoryBroker implements AutoCloseable {
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final BrokerPools pools;

    private MemoryBroker(String address) throws Exception {
        broker.setConfiguration(new ConfigurationImpl()
                        .setPersistenceEnabled(false)
                        .setSecurityEnabled(false)
                        .addAcceptorConfiguration("in", address))
                .start();
        pools = new BrokerPools(ArtemisClient.of(address));
    }

    /** @param test whose it is */
    static MemoryBroker of(Class<?> test) throws Exception {
        return new MemoryBroker("vm://" + test.getSimpleName().hashCode());
    }

    BrokerPools pools() {
        return pools;
    }

    ActiveMQServer server() {
        return broker.getActiveMQServer();
    }

    @Override
    public void close() throws Exception {
        pools.close();
        broker.stop();
    }
}
