package org.mailchute.steps;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.DefaultMessage;
import org.mailchute.lane.Attempt;
import org.mailchute.lane.Lane;
import org.mailchute.lane.Unreadable;
import org.mailchute.reply.Outcome;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.SpoiltMessage;
import org.mailchute.spool.Spool;
import org.mailchute.spool.SpoolJson;

/**
 * {@code checkOut}: from the claim check in the queue back to the ticket in the spool (Claim Check EIP). What is spoilt there becomes a
 * dead letter, what cannot be read now is tried later; while nothing can be read, all wait.
 */
public record CheckOut(Spool spool, Map<String, Lane> lanes, DiskRoom disk) {
    @Handler
    public void checkOut(Exchange exchange) throws JMSException, InterruptedException {
        Message message = exchange.getMessage(JmsMessage.class).getJmsMessage();
        ClaimCheck check = SpoolJson.read(text(message), ClaimCheck.class);
        Lane lane = Objects.requireNonNull(lanes.get(check.lane()), () -> "no lane is named " + check.lane());
        Attempts.attach(exchange, attempt(check, lane, id(message)));
        // what the route splits or filters is copied, and each copy of a JmsMessage costs camel-jms 4.18 an exception
        exchange.setMessage(new DefaultMessage(exchange));
        Enqueue.address(exchange, lane);
    }

    /** Not the body that camel-jms makes of it: it opens an ObjectMessage, and so runs what its sender likes (promise P9). */
    private static String text(Message message) throws JMSException {
        if (message instanceof TextMessage text && text.getText() != null) {
            return text.getText();
        }
        throw new IllegalArgumentException("the message " + message.getJMSMessageID()
                + " in a lane's queue is none of ours: look at who sends there");
    }

    private Attempt attempt(ClaimCheck check, Lane lane, String id) throws InterruptedException {
        while (true) {
            disk.await();
            try {
                return new Attempt(check, spool.whole(check.queueId()), lane, id);
            } catch (IOException e) {
                if (!disk.spoolFails()) {
                    return unread(check, lane, id, outcome(e));
                }
            }
        }
    }

    private static Outcome outcome(IOException why) {
        return why instanceof SpoiltMessage
                ? Unreadable.forGood(String.valueOf(why.getMessage()))
                : Unreadable.now(why.toString());
    }

    private Attempt unread(ClaimCheck check, Lane lane, String id, Outcome outcome) {
        Attempt attempt = new Attempt(check, Unreadable.ticket(spool, check), lane, id);
        attempt.allEnded(outcome);
        return attempt;
    }

    /** Not the header of that name: the route has removed all headers. */
    private static String id(Message message) throws JMSException {
        return Objects.requireNonNull(message.getJMSMessageID(), "the broker gives its messages no ids");
    }
}
