package org.mailchute.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.BeansException;
import org.springframework.beans.NotWritablePropertyException;
import org.springframework.jms.connection.UserCredentialsConnectionFactoryAdapter;

/** Any broker whose client speaks JMS 3 (Jakarta): by the class of its connection factory, whose jars are on the class path. */
public final class AnyBroker {
    private static final Logger LOG = LoggerFactory.getLogger(AnyBroker.class);
    private static final long A_MINUTE_MS = 60_000;

    private AnyBroker() {}

    /** @param properties of the connection factory, set by its setters */
    public record Factory(String className, Map<String, String> properties) {}

    /**
     * Makes the connection factory, tries it, and tells what is missing there.
     *
     * @throws IllegalStateException in one line: no such class or property, no connection, no delivery delay
     */
    public static ConnectionFactory open(BrokerPlan broker, Factory by, Clock clock) {
        ConnectionFactory standard = StandardJms.over(login(broker, made(by)), clock);
        tryOut(standard, by);
        LOG.warn(
                "{} detects no duplicates for Mailchute: a crash in the moment between enqueueing a scan and letting go of its"
                        + " claim sends it twice, with the same Message-ID; and see to it that the broker moves what fails"
                        + " ten times to {}",
                by.className(),
                Queues.DEAD_LETTERS);
        return standard;
    }

    private static ConnectionFactory made(Factory by) {
        try {
            Object made = Class.forName(by.className(), true, AnyBroker.class.getClassLoader())
                    .getDeclaredConstructor()
                    .newInstance();
            if (!(made instanceof ConnectionFactory factory)) {
                throw new IllegalStateException("broker.factory.class " + by.className()
                        + " is no jakarta.jms.ConnectionFactory; clients for javax.jms (JMS 2) do not fit");
            }
            new BeanWrapperImpl(factory).setPropertyValues(by.properties());
            return factory;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(
                    "broker.factory.class " + by.className() + " cannot be made (" + e
                            + "): start with its jars, java -cp"
                            + " mailchute.jar:CLIENT.jar org.mailchute.command.Main run",
                    e);
        } catch (NotWritablePropertyException e) {
            throw new IllegalStateException(
                    "broker.factory.properties do not fit " + by.className() + ": it has no property "
                            + e.getPropertyName(),
                    e);
        } catch (BeansException e) { // its own words would show the values
            throw new IllegalStateException(
                    "broker.factory.properties do not fit " + by.className() + ": a value is not of the kind it takes",
                    e);
        }
    }

    private static ConnectionFactory login(BrokerPlan broker, ConnectionFactory factory) {
        Optional<String> user = broker.user();
        if (user.isEmpty()) {
            return factory;
        }
        UserCredentialsConnectionFactoryAdapter login = new UserCredentialsConnectionFactoryAdapter();
        login.setTargetConnectionFactory(factory);
        login.setUsername(user.get());
        broker.password().ifPresent(secret -> login.setPassword(secret.reveal()));
        return login;
    }

    /** A message for later, taken back at once. */
    private static void tryOut(ConnectionFactory factory, Factory by) {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            connection.start();
            try (MessageProducer later = session.createProducer(session.createQueue(Queues.OWNER))) {
                later.setDeliveryDelay(A_MINUTE_MS);
                later.send(session.createTextMessage(""));
                session.rollback();
            } catch (JMSException e) {
                throw new IllegalStateException(
                        "this broker, or its client, takes no message for a later time (delivery delay, JMS 2.0) in a"
                                + " transaction, without which Mailchute cannot wait between attempts: "
                                + e.getMessage(),
                        e);
            }
        } catch (JMSException e) {
            throw new IllegalStateException(
                    "the broker cannot be used by " + by.className() + ": " + e.getMessage(), e);
        }
    }
}
