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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mailchute.broker.Queues;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.intake.Refused;
import org.mailchute.lane.DeliveryEvents;
import org.mailchute.lane.Lane;
import org.mailchute.lane.Unreadable;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.SpoiltMessage;
import org.mailchute.spool.Spool;
import org.mailchute.spool.SpoolJson;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.EventJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person may do with dead letters: look, send again, throw away. Each act is one broker transaction that takes the
 * letter, puts back what it does not concern, and writes the event.
 */
public final class DeadLetterDesk {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterDesk.class);

    private final ConnectionFactory broker;
    private final Spool spool;
    private final RoutingTable table;
    private final Map<String, Lane> lanes;
    private final Clock clock;

    public DeadLetterDesk(
            ConnectionFactory broker, Spool spool, RoutingTable table, Map<String, Lane> lanes, Clock clock) {
        this.broker = broker;
        this.spool = spool;
        this.table = table;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** All dead letters, oldest first. */
    public List<DeadLetter> list() throws JMSException {
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(Queues.DEAD_LETTERS))) {
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
     * @throws Refused when no lane carries the corrected address
     */
    public List<ForwardPath> replay(QueueId id, Optional<ForwardPath> only, Optional<ForwardPath> corrected)
            throws JMSException, IOException, Refused {
        List<String> others = corrected.isPresent() ? lanes(id, corrected.get()) : List.of();
        if (corrected.isPresent() && others.isEmpty()) {
            throw new Refused("no rule in next-hop covers " + corrected.get(), "correct the address");
        }
        return act(id, only, (session, letter, chosen) -> {
            List<ForwardPath> recipients = corrected.map(List::of).orElse(chosen);
            ClaimCheck again = again(letter.check(), recipients, others);
            send(
                    session,
                    queue(again.lane()),
                    id,
                    SpoolJson.write(again),
                    toSend(id).priority());
            String instead = corrected.isPresent() ? " in place of " + chosen : "";
            event(session, Kind.REPLAYED, letter, recipients, "sent again by hand" + instead);
            return recipients;
        });
    }

    /** @param others the lanes of a corrected address, at which nothing has arrived; empty for those of before */
    private ClaimCheck again(ClaimCheck check, List<ForwardPath> recipients, List<String> others) {
        boolean same = others.isEmpty();
        List<String> names = same ? check.lanes() : others;
        String lane = same ? check.lane() : others.get(0);
        return new ClaimCheck(check.queueId(), lane, names, recipients, 0, same && check.uncertain(), clock.instant());
    }

    private Ticket toSend(QueueId id) throws IOException, Refused {
        try {
            return spool.whole(id);
        } catch (SpoiltMessage e) {
            throw new Refused(
                    e.getMessage() + ", so it cannot be sent", "bring it back from a backup of home, or drop it");
        }
    }

    /** Empty when no rule covers the recipient, or the message is gone. */
    private List<String> lanes(QueueId id, ForwardPath recipient) throws IOException {
        return spool.has(id)
                ? table.decide(spool.read(id).header().from(), recipient)
                        .map(RoutingTable.Decision::lanes)
                        .orElse(List.of())
                : List.of();
    }

    /** Throws a dead letter away, for one recipient or all; the spool frees what nobody needs any more. */
    public List<ForwardPath> drop(QueueId id, Optional<ForwardPath> only) throws JMSException, IOException, Refused {
        return act(id, only, (session, letter, chosen) -> {
            event(session, Kind.DROPPED, letter, chosen, "dropped by hand");
            return chosen;
        });
    }

    @FunctionalInterface
    private interface Act {
        List<ForwardPath> on(Session session, DeadLetter letter, List<ForwardPath> chosen)
                throws JMSException, IOException, Refused;
    }

    private List<ForwardPath> act(QueueId id, Optional<ForwardPath> only, Act act)
            throws JMSException, IOException, Refused {
        List<ForwardPath> done = new ArrayList<>();
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED);
                MessageConsumer letters =
                        session.createConsumer(session.createQueue(Queues.DEAD_LETTERS), "queueId = '" + id + "'")) {
            connection.start();
            List<DeadLetter> untouched = new ArrayList<>();
            for (Message next = first(letters); next != null; next = letters.receiveNoWait()) {
                DeadLetter letter = read(next).orElseThrow(); // it has the id of one
                Predicate<ForwardPath> meant =
                        recipient -> only.isEmpty() || only.get().equals(recipient);
                List<ForwardPath> chosen =
                        letter.check().recipients().stream().filter(meant).toList();
                List<ForwardPath> rest = letter.check().recipients().stream()
                        .filter(meant.negate())
                        .toList();
                if (!chosen.isEmpty()) {
                    done.addAll(act.on(session, letter, chosen));
                }
                if (!rest.isEmpty()) {
                    untouched.add(forRecipients(letter, rest));
                }
            }
            for (DeadLetter letter : untouched) {
                send(session, Queues.DEAD_LETTERS, id, SpoolJson.write(letter));
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

    private static DeadLetter forRecipients(DeadLetter letter, List<ForwardPath> rest) {
        return new DeadLetter(
                letter.check().forRecipients(rest), letter.time(), letter.reply(), letter.reason(), letter.remedy());
    }

    private String queue(String lane) {
        return java.util.Objects.requireNonNull(lanes.get(lane)).queue();
    }

    private static void send(Session session, String queue, QueueId id, String json) throws JMSException {
        send(session, queue, id, json, Priority.NORMAL);
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

    private void event(Session session, Kind kind, DeadLetter letter, List<ForwardPath> recipients, String reason)
            throws JMSException {
        Ticket ticket = Unreadable.ticket(spool, letter.check());
        DeliveryEvent event = DeliveryEvents.about(DeliveryEvent.of(kind, clock.instant()), ticket, recipients)
                .over(letter.check().lane(), "")
                .because("", reason, "")
                .event();
        try (MessageProducer producer = session.createProducer(session.createQueue(Queues.EVENTS))) {
            TextMessage message = session.createTextMessage(EventJson.write(event));
            Answers.address(message, ticket);
            producer.send(message);
        }
    }

    /** A claim check here is a delivery that Mailchute itself failed on ten times; the broker put it here. */
    private Optional<DeadLetter> read(Message message) throws JMSException {
        if (!(message instanceof TextMessage text) || text.getText() == null) {
            LOG.warn("{} in {} is no dead letter of ours", message.getJMSMessageID(), Queues.DEAD_LETTERS);
            return Optional.empty();
        }
        try {
            return Optional.of(read(text.getText(), Instant.ofEpochMilli(message.getJMSTimestamp())));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "{} in {} is no dead letter of ours: {}",
                    message.getJMSMessageID(),
                    Queues.DEAD_LETTERS,
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static DeadLetter read(String json, Instant sent) {
        if (json.contains("\"check\":")) {
            return SpoolJson.read(json, DeadLetter.class);
        }
        return new DeadLetter(
                SpoolJson.read(json, ClaimCheck.class),
                sent,
                "no reply: not sent",
                "Mailchute itself failed on this delivery ten times; its log says how",
                "report the log lines with this queue id, then replay");
    }
}
