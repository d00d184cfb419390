package org.mailchute.steps;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;
import org.mailchute.trace.DeliveryEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers to applications: copies of the delivery events about their requests. Where to is written on each event, which
 * is sent in the transaction of what it tells; the {@link EventReader} passes it on in the transaction that takes it. So a
 * place for answers that is full or gone can never undo, and so repeat, a delivery.
 */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String PLACE = "answerTo";
    private static final String CORRELATION = "answerCorrelation";
    private static final String REQUEST = "requestId";
    private static final String PROPERTY = "answers";
    /** Set by Artemis, with the type of the id; as a correlation id it is turned back into what the client knows. */
    private static final String AMQP_ID = "NATIVE_MESSAGE_ID";

    /** Before an id of octets, as Artemis and Qpid write one where it must be text. */
    private static final String OCTETS = "ID:AMQP_BINARY:";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final String COUNT = "JMSXDeliveryCount";
    /** After so many deliveries of one event its answer is given up, so that the other events go on. */
    private static final int ENOUGH = 3;

    private static final String QUEUE = "queue:";
    private static final String TOPIC = "topic:";
    /** Neither Mailchute's own, nor the broker's: its management would take orders, and {@code ::} names another's queue. */
    private static final Pattern OPEN_TO_ANSWERS = Pattern.compile(
            "(?!mailchute[.]|activemq[.]|DLQ|ExpiryQueue)(?!.*::)[A-Za-z0-9][A-Za-z0-9._:/@+=-]{0,299}");

    private Answers() {}

    /**
     * Where the sender of this message wants answers: its JMSReplyTo, else what the settings say. The exchange carries it.
     *
     * @throws Refused when answers may not go there, or nothing of that name is there
     */
    static Optional<Wishes.Answers> asked(
            Exchange exchange, Message request, Session session, Optional<String> settings, java.util.Set<String> taken)
            throws JMSException, Refused {
        Destination replyTo = request.getJMSReplyTo();
        Optional<String> place = replyTo == null ? settings : Optional.of(place(replyTo, session, taken));
        String correlation = correlation(request);
        Optional<Wishes.Answers> answers = place.map(where -> new Wishes.Answers(where, correlation, ""));
        answers.ifPresent(where -> exchange.setProperty(PROPERTY, where));
        return answers;
    }

    /** The request's own, else its message id, which of an AMQP client is not the one that JMS sees. */
    private static String correlation(Message request) throws JMSException {
        @Nullable String own = request.getJMSCorrelationID();
        if (own != null) {
            return own;
        }
        byte @Nullable [] octets = octets(request);
        if (octets != null) {
            return OCTETS + HEX.formatHex(octets);
        }
        @Nullable
        String id = request.getObjectProperty(AMQP_ID) instanceof String amqp ? amqp : request.getJMSMessageID();
        return id == null ? "" : id;
    }

    /** One that is no text, such as one of octets by AMQP, which Artemis (2.55.0) shows so alone. */
    private static byte @Nullable [] octets(Message request) throws JMSException {
        try {
            return request.getJMSCorrelationIDAsBytes();
        } catch (UnsupportedOperationException e) {
            return null; // as Jakarta Messaging lets a client do
        }
    }

    private static void correlate(Message answer, String correlation) throws JMSException {
        String hex = correlation.startsWith(OCTETS) ? correlation.substring(OCTETS.length()) : "none";
        if (hex.matches("[0-9A-F]*") && hex.length() % 2 == 0) {
            answer.setJMSCorrelationIDAsBytes(HEX.parseHex(hex));
        } else {
            answer.setJMSCorrelationID(correlation);
        }
    }

    private static String place(Destination replyTo, Session session, java.util.Set<String> taken)
            throws JMSException, Refused {
        String place = replyTo instanceof Queue queue
                ? QUEUE + queue.getQueueName()
                : TOPIC + (replyTo instanceof Topic topic ? topic.getTopicName() : "");
        String name = name(place);
        if (!OPEN_TO_ANSWERS.matcher(name).matches() || taken.contains(name)) {
            throw new Refused(
                    "JMSReplyTo names \"" + name + "\", where no answers may go",
                    "give a queue or topic of the application's own, or a temporary queue");
        }
        try {
            destination(place, session);
        } catch (JMSException e) {
            throw new Refused(
                    "JMSReplyTo names \"" + name + "\", which the broker does not have",
                    "create it first, or give a temporary queue and keep its connection open");
        }
        return place;
    }

    private static String name(String place) {
        return place.substring(place.indexOf(':') + 1);
    }

    /** Creating asks the broker whether it is there, if the broker makes none by itself (ours does not). */
    private static Destination destination(String place, Session session) throws JMSException {
        return place.startsWith(TOPIC) ? session.createTopic(name(place)) : session.createQueue(name(place));
    }

    /** Writes on an event, as message headers, where it is to be passed on to. */
    static void address(Exchange exchange, @Nullable Ticket ticket) {
        Wishes.Answers answers = exchange.getProperty(PROPERTY, Wishes.Answers.class);
        Optional<Wishes.Answers> wish =
                ticket == null ? Optional.empty() : ticket.wishes().answers();
        wish.or(() -> Optional.ofNullable(answers)).ifPresent(where -> {
            exchange.getMessage().setHeader(PLACE, where.place());
            exchange.getMessage().setHeader(CORRELATION, where.correlation());
            exchange.getMessage().setHeader(REQUEST, where.requestId());
        });
    }

    /** Likewise, on a message that no exchange sends. */
    static void address(Message event, Ticket ticket) throws JMSException {
        if (ticket.wishes().answers().isPresent()) {
            Wishes.Answers where = ticket.wishes().answers().get();
            event.setStringProperty(PLACE, where.place());
            event.setStringProperty(CORRELATION, where.correlation());
            event.setStringProperty(REQUEST, where.requestId());
        }
    }

    /** Passes an event on, if somebody wants it. A place that is gone by now costs its own answers only. */
    static void pass(Session session, Message event, DeliveryEvent told, String json) throws JMSException {
        String place = event.getStringProperty(PLACE);
        if (place == null) {
            return;
        }
        if (event.propertyExists(COUNT) && event.getIntProperty(COUNT) > ENOUGH) {
            LOG.warn("id={} the answer to {} cannot be sent and is left out", told.queueId(), place);
            return;
        }
        try (MessageProducer producer = session.createProducer(destination(place, session))) {
            TextMessage answer = session.createTextMessage(json);
            answer.setJMSType("delivery-event");
            correlate(answer, event.getStringProperty(CORRELATION));
            answer.setStringProperty("event", told.kind().name());
            answer.setStringProperty("queueId", told.queueId());
            answer.setStringProperty(REQUEST, event.getStringProperty(REQUEST));
            producer.send(answer);
        } catch (JMSException e) {
            LOG.info("id={} nobody is at {} any more to hear of it: {}", told.queueId(), place, e.getMessage());
        }
    }
}
