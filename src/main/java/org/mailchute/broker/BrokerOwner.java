package org.mailchute.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;

/**
 * One broker elsewhere, one gateway: the queues' names are the same for all, so two would take each other's deliveries and find
 * no message in their spool. The first one leaves a message in a queue that says whose the broker is; nobody consumes it.
 */
public final class BrokerOwner {
    private static final String FILE = "broker.owner";
    private static final String HOME = "home";

    private BrokerOwner() {}

    /**
     * Makes the broker this home's.
     *
     * @param name of the gateway, for people
     * @throws IllegalStateException when it is another home's
     */
    public static void claim(ConnectionFactory broker, Path home, String name) throws JMSException, IOException {
        String id = id(home);
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            if (first(session).isEmpty()) {
                leave(session, id, name);
            }
            Message owner = first(session).orElseThrow();
            if (!id.equals(owner.getStringProperty(HOME))) {
                withdraw(session, id); // both came at the same time, and the other was first
                throw new IllegalStateException("this broker belongs to the gateway "
                        + ((TextMessage) owner).getText()
                        + " already, and two would take each other's mail: give this one a"
                        + " broker of its own, or, if the other one is gone for good, remove the message in "
                        + Queues.OWNER);
            }
        }
    }

    private static String id(Path home) throws IOException {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }

    private static Optional<Message> first(Session session) throws JMSException {
        try (QueueBrowser browser = session.createBrowser(session.createQueue(Queues.OWNER))) {
            return Collections.list(browser.getEnumeration()).stream()
                    .map(Message.class::cast)
                    .findFirst();
        }
    }

    private static void leave(Session session, String id, String name) throws JMSException {
        try (MessageProducer producer = session.createProducer(session.createQueue(Queues.OWNER))) {
            TextMessage message = session.createTextMessage(name);
            message.setStringProperty(HOME, id);
            producer.send(message);
        }
    }

    private static void withdraw(Session session, String id) throws JMSException {
        try (MessageConsumer own =
                session.createConsumer(session.createQueue(Queues.OWNER), HOME + " = '" + id + "'")) {
            own.receiveNoWait();
        }
    }
}
