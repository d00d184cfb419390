package org.mailchute.gateway;

import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.mailchute.testing.Patience;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.EventJson;

/** An application that publishes to a queue of mail requests and waits for answers on a queue of its own. */
final class Application implements AutoCloseable {

    private final JMSContext context;
    private final Destination answers;
    private final JMSConsumer consumer;

    Application(Town town) {
        this(town, JMSContext::createTemporaryQueue);
    }

    Application(Town town, Function<JMSContext, Destination> answers) {
        this.context = town.gateway().broker().createContext();
        this.answers = answers.apply(context);
        this.consumer = context.createConsumer(this.answers);
    }

    /** Messages of a queue that may leave now. */
    static int browse(Town town, String queue) throws JMSException {
        try (JMSContext context = town.gateway().broker().createContext();
                QueueBrowser browser = context.createBrowser(context.createQueue(queue))) {
            return Collections.list(browser.getEnumeration()).size();
        }
    }

    JMSContext context() {
        return context;
    }

    Message text(String json) {
        return context.createTextMessage(json);
    }

    Message bytes(byte[] content) throws JMSException {
        var message = context.createBytesMessage();
        message.writeBytes(content);
        return message;
    }

    /** Publishes it with JMSReplyTo. */
    void ask(Message request) throws JMSException {
        ask("mail.requests", request);
    }

    void publish(Message request) {
        publish("mail.requests", request);
    }

    /** Likewise, with JMSReplyTo. */
    void ask(String queue, Message request) throws JMSException {
        request.setJMSReplyTo(answers);
        publish(queue, request);
    }

    private void publish(String queue, Message request) {
        context.createProducer().send(context.createQueue(queue), request);
    }

    Message answer() {
        Message answer = consumer.receive(Patience.MILLIS);
        if (answer == null) {
            throw new AssertionError("no answer");
        }
        return answer;
    }

    DeliveryEvent event() throws JMSException {
        return EventJson.read(answer().getBody(String.class));
    }

    /** So many of them, as they come. */
    List<DeliveryEvent> events(int count) throws JMSException {
        List<DeliveryEvent> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(event());
        }
        return events;
    }

    @Override
    public void close() {
        context.close();
    }
}
