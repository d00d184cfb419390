package org.mailchute.broker;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** How Mailchute itself talks to an Artemis, embedded or elsewhere. */
final class ArtemisClient {
    /** Messages a consumer fetches before it needs them: what is urgent would wait behind them. */
    private static final int NOTHING_AHEAD = 0;

    /** No object in a message is ever made: to make one is to run what its sender likes (promise P9). */
    private static final String EVERYTHING = "*";

    private ArtemisClient() {}

    static ActiveMQConnectionFactory of(String url) {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
        factory.setConsumerWindowSize(NOTHING_AHEAD);
        factory.setDeserializationDenyList(EVERYTHING);
        return factory;
    }
}
