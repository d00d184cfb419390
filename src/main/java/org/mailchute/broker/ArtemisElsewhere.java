package org.mailchute.broker;

import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.mailchute.credentials.CredentialException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An Artemis broker or cluster that is not ours to run: reached by URL, asked at the start whether it is fit. */
public final class ArtemisElsewhere implements BrokerView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArtemisElsewhere.class);

    private final ActiveMQConnectionFactory factory;
    private final ArtemisSession session;

    private ArtemisElsewhere(ActiveMQConnectionFactory factory, ArtemisSession session) {
        this.factory = factory;
        this.session = session;
    }

    /**
     * Connects, makes the queues that are missing, and warns of address settings that would lose or repeat mail.
     *
     * @throws IllegalStateException in one line: it cannot be reached, is not trusted, does not let us in, or is one of several
     * @throws CredentialException when the trust file cannot be used
     */
    public static ArtemisElsewhere open(BrokerPlan broker, List<String> queues) throws Exception {
        String url = broker.url().orElseThrow();
        ActiveMQConnectionFactory factory = ArtemisClient.of(url);
        broker.user().ifPresent(factory::setUser);
        broker.password().ifPresent(secret -> factory.setPassword(secret.reveal()));
        TransportConfiguration[] servers = factory.getServerLocator().getStaticTransportConfigurations();
        if (broker.trust().isPresent()) {
            BrokerTls.client(servers, broker.trust().get());
        }
        ArtemisElsewhere elsewhere = new ArtemisElsewhere(factory, new ArtemisSession(factory));
        try {
            elsewhere.prepare(queues);
            return elsewhere;
        } catch (ActiveMQSecurityException e) {
            elsewhere.close();
            throw new IllegalStateException(
                    "the broker at " + ServerFault.place(servers) + " refuses "
                            + broker.user().map(user -> "the user " + user).orElse("a client without a login") + " ("
                            + e.getMessage() + "): mend broker.user, broker.password or the user's permissions",
                    e);
        } catch (IllegalStateException e) {
            elsewhere.close();
            throw e;
        } catch (ActiveMQException e) {
            elsewhere.close();
            throw ServerFault.of(servers, broker.trust(), e);
        }
    }

    private void prepare(List<String> queues) throws Exception {
        Optional<String> several = OneBroker.fault(session, factory);
        if (several.isPresent()) {
            throw new IllegalStateException(several.get());
        }
        for (String queue : queues) {
            session.ensure(queue);
        }
        ArtemisAdvice.on(session, queues)
                .forEach(advice -> LOG.warn("{}; paste deploy/artemis/mailchute.xml into its broker.xml", advice));
        session.version().flatMap(CoreAdvice::onVersion).ifPresent(LOG::warn);
    }

    public ActiveMQConnectionFactory factory() {
        return factory;
    }

    @Override
    public long count(String queue) {
        try {
            return session.count(queue);
        } catch (ActiveMQException e) {
            LOG.debug("{} is not counted", queue, e);
            return -1;
        }
    }

    @Override
    public void make(String queue) {
        try {
            session.ensure(queue);
        } catch (ActiveMQException e) {
            throw new IllegalStateException("the broker does not make the queue " + queue + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        session.close();
        factory.close();
    }
}
