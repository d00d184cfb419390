package org.mailchute.broker;

import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** How Mailchute itself talks to an Artemis, embedded or elsewhere. */
final class ArtemisClient {
    /**
     * Messages a consumer fetches before it needs them: what is urgent would wait behind them, and ten connections that break would make dead
     * letters of them ({@code findings/artemis-crash-counts-what-was-read-ahead.sh}).
     */
    private static final int NOTHING_AHEAD = 0;

    /** No object in a message is ever made: to make one is to run what its sender likes (promise P9). */
    private static final String EVERYTHING = "*";

    private ArtemisClient() {}

    /** @param url as the settings say it, with whatever Artemis reads there */
    static ActiveMQConnectionFactory of(String url) {
        return careful(new ActiveMQConnectionFactory(url));
    }

    /** Of a broker in this process. Artemis would read a URL by looking at all that its classes offer: a twentieth of a start. */
    static ActiveMQConnectionFactory inside(int number) {
        TransportConfiguration broker =
                new TransportConfiguration(InVMConnectorFactory.class.getName(), EmbeddedConfiguration.inside(number));
        return careful(new ActiveMQConnectionFactory(false, broker));
    }

    private static ActiveMQConnectionFactory careful(ActiveMQConnectionFactory factory) {
        factory.setConsumerWindowSize(NOTHING_AHEAD);
        factory.setDeserializationDenyList(EVERYTHING);
        return factory;
    }
}
