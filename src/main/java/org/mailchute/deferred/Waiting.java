package org.mailchute.deferred;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivery that waits, as its message says.
 *
 * @param check the claim check, not looked into here
 * @param queueId a property of the messages in lane queues, so that one can be selected
 * @param lane the lane it goes over
 * @param option the lane's option; the middle part of its queue's name
 * @param due when it may leave
 * @param forLane whether it may leave before, when its lane is open
 * @param priority of the message in the lane's queue
 */
record Waiting(String check, String queueId, String lane, String option, Instant due, boolean forLane, int priority) {
    /** JMS' default, of all: none passes another. */
    private static final int ORDINARY = 4;

    /** Empty for what no route of ours has sent. */
    static Optional<Waiting> read(Message message) throws JMSException {
        if (!(message instanceof TextMessage text)
                || text.getText() == null
                || !message.propertyExists(Deferrals.LANE)
                || !message.propertyExists(Deferrals.OPTION)
                || !message.propertyExists(Deferrals.DUE)) {
            return Optional.empty();
        }
        return Optional.of(new Waiting(
                text.getText(),
                String.valueOf(message.getStringProperty(Deferrals.QUEUE_ID)),
                message.getStringProperty(Deferrals.LANE),
                message.getStringProperty(Deferrals.OPTION),
                Instant.ofEpochMilli(message.getLongProperty(Deferrals.DUE)),
                message.getBooleanProperty(Deferrals.FOR_LANE), // false where there is none
                message.propertyExists(Deferrals.PRIORITY)
                        ? message.getIntProperty(Deferrals.PRIORITY)
                        : message.getJMSPriority()));
    }

    /** The queue of its lane. */
    String laneQueue() {
        return "mailchute." + option + "." + lane;
    }

    /** For another queue of those that wait; all alike, so that they stay in the order they came. */
    Letter staying(Session session) throws JMSException {
        TextMessage message = plain(session);
        message.setStringProperty(Deferrals.LANE, lane);
        message.setStringProperty(Deferrals.OPTION, option);
        message.setLongProperty(Deferrals.DUE, due.toEpochMilli());
        message.setBooleanProperty(Deferrals.FOR_LANE, forLane);
        message.setIntProperty(Deferrals.PRIORITY, priority);
        return new Letter(message, ORDINARY);
    }

    /** For the lane's queue. */
    Letter leaving(Session session) throws JMSException {
        return new Letter(plain(session), priority);
    }

    private TextMessage plain(Session session) throws JMSException {
        TextMessage message = session.createTextMessage(check);
        message.setStringProperty(Deferrals.QUEUE_ID, queueId);
        return message;
    }

    /** A message and the priority it is sent with. */
    record Letter(TextMessage message, int priority) {}
}
