package org.mailchute.steps;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.component.jms.JmsMessage;
import org.mailchute.intake.MailRequest;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;

/**
 * {@code readRequest}: a mail request from a queue becomes a ticket. The request is first written to disk as it came, so
 * that a large one is never held in memory and a refused one can be shown.
 */
public final class ReadRequest {
    private final Map<String, Intake> intakes;
    private final Map<String, MailRequest> readers;
    private final Spool spool;
    private final Clock clock;

    /** @param readers by intake name */
    public ReadRequest(Map<String, Intake> intakes, Map<String, MailRequest> readers, Spool spool, Clock clock) {
        this.intakes = intakes;
        this.readers = readers;
        this.spool = spool;
        this.clock = clock;
    }

    /** Body: the JMS message; afterwards the {@link Ticket}. */
    @Handler
    public void read(Exchange exchange) throws IOException, JMSException, Refused {
        Intake intake = Intake.of(exchange, intakes);
        Message message = exchange.getMessage(JmsMessage.class).getJmsMessage();
        Claimed request = intake.incoming().begin(QueueId.next(clock), "request.json");
        Claim.attach(exchange, intake, request);
        save(message, request);
        try (InputStream json = new BufferedInputStream(Files.newInputStream(request.file()))) {
            exchange.getMessage().setBody(ticket(intake, request.queueId(), message.getJMSMessageID(), json));
        }
    }

    private Ticket ticket(Intake intake, QueueId id, String name, InputStream json) throws IOException, Refused {
        MailRequest reader = java.util.Objects.requireNonNull(readers.get(intake.name()));
        return reader.read(json, id, name, clock.instant(), number -> spool.create(id, number));
    }

    private static void save(Message message, Claimed request) throws IOException, JMSException, Refused {
        try (OutputStream out = Files.newOutputStream(request.file())) {
            if (message instanceof TextMessage text) {
                String json = text.getText();
                if (json == null) {
                    throw new Refused("the request is empty", "send a JSON object");
                }
                out.write(json.getBytes(StandardCharsets.UTF_8));
            } else if (message instanceof BytesMessage bytes) {
                copy(bytes, out);
            } else {
                throw new Refused(
                        "a mail request comes as a text or bytes message, not as "
                                + message.getClass().getSimpleName(),
                        "publish the JSON as a TextMessage or BytesMessage");
            }
        }
    }

    private static void copy(BytesMessage message, OutputStream out) throws IOException, JMSException {
        byte[] block = new byte[1 << 16];
        for (int read = message.readBytes(block); read > 0; read = message.readBytes(block)) {
            out.write(block, 0, read);
        }
    }
}
