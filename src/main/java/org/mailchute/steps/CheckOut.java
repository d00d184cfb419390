package org.mailchute.steps;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.DefaultMessage;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Spool;
import org.mailchute.spool.SpoolJson;

/** {@code checkOut}: from the claim check in the queue back to the ticket in the spool (Claim Check EIP). */
public final class CheckOut {
    private final Spool spool;
    private final Map<String, Lane> lanes;

    public CheckOut(Spool spool, Map<String, Lane> lanes) {
        this.spool = spool;
        this.lanes = lanes;
    }

    @Handler
    public void checkOut(Exchange exchange) throws IOException, JMSException {
        ClaimCheck check = SpoolJson.read(exchange.getMessage().getBody(String.class), ClaimCheck.class);
        Lane lane = Objects.requireNonNull(lanes.get(check.lane()), () -> "no lane is named " + check.lane());
        new Attempt(check, spool.read(check.queueId()), lane, id(exchange)).attachTo(exchange);
        // what the route splits or filters is copied, and each copy of a JmsMessage costs camel-jms 4.18 an exception
        exchange.setMessage(new DefaultMessage(exchange));
        Enqueue.address(exchange, lane);
    }

    /** Not the header of that name: the route has removed all headers. */
    private static String id(Exchange exchange) throws JMSException {
        Message message = exchange.getMessage(JmsMessage.class).getJmsMessage();
        return Objects.requireNonNull(message.getJMSMessageID(), "the broker gives its messages no ids");
    }
}
