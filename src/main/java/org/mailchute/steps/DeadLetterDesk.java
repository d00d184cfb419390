package org.mailchute.steps;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailchute.broker.Queues;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.deadletter.Decision;
import org.mailchute.deadletter.Decisions;
import org.mailchute.deadletter.Person;
import org.mailchute.deadletter.Settlement;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.intake.Refused;
import org.mailchute.lane.Lane;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.SpoolJson;
import org.mailchute.trace.EventJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person may do with dead letters: look, send again, throw away. Each act is one broker transaction that takes the
 * letter, puts back what it does not concern, and writes the event.
 *
 * @param away why the broker cannot be reached, where that is known
 */
public record DeadLetterDesk(
        ConnectionFactory broker, Supplier<Optional<String>> away, Decisions decisions, Map<String, Lane> lanes) {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterDesk.class);

    /** All dead letters, oldest first. */
    public List<DeadLetter> list() throws JMSException {
        return browse("");
    }

    /** Those of one message. */
    public List<DeadLetter> list(QueueId id) throws JMSException {
        return browse(selector(id));
    }

    /** One that is known to be away is not waited for: that takes a minute, and pages have few threads. */
    private Connection connect() throws JMSException {
        Optional<String> fault = away.get();
        if (fault.isPresent()) {
            throw new JMSException(fault.get());
        }
        return broker.createConnection();
    }

    private static String selector(QueueId id) {
        return Enqueue.QUEUE_ID + " = '" + id + "'";
    }

    private List<DeadLetter> browse(String selector) throws JMSException {
        try (Connection connection = connect();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(Queues.DEAD_LETTERS), selector)) {
            connection.start();
            List<DeadLetter> letters = new ArrayList<>();
            for (Object message : Collections.list(browser.getEnumeration())) {
                read((Message) message).ifPresent(letters::add);
            }
            return letters;
        }
    }

    /**
     * Sends a dead letter's recipients again, from the first attempt on.
     *
     * @param only just this recipient; empty for all
     * @param corrected in place of {@code only}
     * @return the recipients that are on their way
     * @throws Refused when nobody may send to the corrected address, or no lane carries it
     */
    public List<ForwardPath> replay(QueueId id, Optional<ForwardPath> only, Optional<ForwardPath> corrected, Person by)
            throws JMSException, IOException, Refused {
        return settle(id, letter -> true, only, decisions.replay(id, corrected, by));
    }

    /** Sends those dead letters of a message again that are meant, for all their recipients. */
    public List<ForwardPath> replay(QueueId id, Predicate<DeadLetter> which, Person by)
            throws JMSException, IOException, Refused {
        return settle(id, which, Optional.empty(), decisions.replay(id, Optional.empty(), by));
    }

    /** Throws a dead letter away, for one recipient or all; the spool frees what nobody needs any more. */
    public List<ForwardPath> drop(QueueId id, Optional<ForwardPath> only, Person by)
            throws JMSException, IOException, Refused {
        return settle(id, letter -> true, only, letter -> decisions.drop(letter, by));
    }

    private List<ForwardPath> settle(
            QueueId id, Predicate<DeadLetter> which, Optional<ForwardPath> only, Decision decision)
            throws JMSException, IOException, Refused {
        List<ForwardPath> done = new ArrayList<>();
        try (Connection connection = connect();
                Session session = connection.createSession(Session.SESSION_TRANSACTED);
                MessageConsumer letters =
                        session.createConsumer(session.createQueue(Queues.DEAD_LETTERS), selector(id))) {
            connection.start();
            List<DeadLetter> untouched = new ArrayList<>();
            for (Message next = first(letters); next != null; next = letters.receiveNoWait()) {
                DeadLetter letter = read(next).orElseThrow(); // it has the id of one
                if (!which.test(letter)) {
                    untouched.add(letter);
                    continue;
                }
                Optional<DeadLetter> chosen = letter.of(only);
                if (chosen.isPresent()) {
                    done.addAll(send(session, decision.on(chosen.get())));
                }
                letter.without(only).ifPresent(untouched::add);
            }
            for (DeadLetter letter : untouched) {
                send(session, Queues.DEAD_LETTERS, id, SpoolJson.write(letter), Priority.NORMAL);
            }
            session.commit();
        }
        return done;
    }

    /** Asked without a wait, the broker answers itself whether there is none, however slow it is now; another one may need a moment. */
    private static @Nullable Message first(MessageConsumer letters) throws JMSException {
        Message soon = letters.receive(500);
        return soon == null ? letters.receiveNoWait() : soon;
    }

    private List<ForwardPath> send(Session session, Settlement settled) throws JMSException, Refused {
        if (settled.again().isPresent()) {
            ClaimCheck check = settled.again().get();
            Lane lane = lanes.get(check.lane());
            if (lane == null) {
                throw new Refused(
                        "its lane " + check.lane() + " is not in the settings any more",
                        "replay each recipient by --recipient ADDRESS --as ADDRESS, which goes by the rules of now, or bring the"
                                + " lane back");
            }
            send(
                    session,
                    lane.queue(),
                    check.queueId(),
                    SpoolJson.write(check),
                    settled.ticket().priority());
        }
        try (MessageProducer producer = session.createProducer(session.createQueue(Queues.EVENTS))) {
            TextMessage message = session.createTextMessage(EventJson.write(settled.told()));
            Answers.address(message, settled.ticket());
            producer.send(message);
        }
        return settled.recipients();
    }

    private static void send(Session session, String queue, QueueId id, String json, Priority priority)
            throws JMSException {
        Queue target = session.createQueue(queue);
        try (MessageProducer producer = session.createProducer(target)) {
            TextMessage message = session.createTextMessage(json);
            message.setStringProperty(Enqueue.QUEUE_ID, id.value());
            producer.setPriority(priority.jms());
            producer.send(message);
        }
    }

    private Optional<DeadLetter> read(Message message) throws JMSException {
        if (!(message instanceof TextMessage text) || text.getText() == null) {
            LOG.warn("{} in {} is no dead letter of ours", message.getJMSMessageID(), Queues.DEAD_LETTERS);
            return Optional.empty();
        }
        try {
            return Optional.of(DeadLetter.read(text.getText(), Instant.ofEpochMilli(message.getJMSTimestamp())));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "{} in {} is no dead letter of ours: {}",
                    message.getJMSMessageID(),
                    Queues.DEAD_LETTERS,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
