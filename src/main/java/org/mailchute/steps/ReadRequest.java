package org.mailchute.steps;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.PayloadSink;
import org.mailchute.intake.Refused;
import org.mailchute.intake.Shown;
import org.mailchute.intake.SourceIdentity;
import org.mailchute.limits.Lead;
import org.mailchute.request.Repeated;
import org.mailchute.request.RequestBody;
import org.mailchute.request.RequestBook;
import org.mailchute.request.RequestProperties;
import org.mailchute.request.Requests;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code readRequest}: a message from a queue, a mail request or a ready-made message, becomes a ticket.
 *
 * @param queues those that requests are read from: no answers go there
 * @param lead no request is noted unless it holds
 */
public record ReadRequest(
        Map<String, RequestIntake> intakes, Supplier<Set<String>> queues, Spool spool, Clock clock, Lead lead) {
    private static final Logger LOG = LoggerFactory.getLogger(ReadRequest.class);

    /** Set by Artemis (populate-validated-user); users of the embedded broker cannot set it themselves. */
    private static final String USER = "_AMQ_VALIDATED_USER";

    /**
     * Body: the JMS message; afterwards the {@link Ticket}.
     *
     * @throws Refused when it can never become mail
     * @throws Repeated when it was received before
     */
    @Handler
    public void read(Exchange exchange) throws IOException, JMSException, Refused, Repeated {
        lead.mustHold();
        RequestIntake intake = Intake.of(exchange, intakes);
        Requests how = intake.requests();
        JmsMessage jms = exchange.getMessage(JmsMessage.class);
        Message message = jms.getJmsMessage();
        Claimed claimed = intake.incoming().begin(QueueId.next(clock), "request.json");
        Claim.attach(exchange, intake, claimed);
        exchange.getExchangeExtension().addOnCompletion(new End(intake, claimed, how.book()));
        Optional<Wishes.Answers> answers;
        RequestProperties properties;
        try {
            // first, so that whatever is refused is answered
            answers = Answers.asked(exchange, message, jms.getJmsSession(), how.answers(), queues.get());
            properties = RequestProperties.of(message);
        } catch (Refused unfit) {
            RequestBody.save(message, "", claimed.file(), how.maxBytes()); // to be shown
            throw unfit;
        }
        RequestBody body = RequestBody.save(message, properties.head(), claimed.file(), how.maxBytes());
        Ticket ticket = ticket(intake, properties, body, claimed, name(message));
        String id = id(ticket, name(message));
        first(how.book(), id, body.sha256(), message, claimed.queueId());
        String owned = id.isEmpty() ? "" : owned(message, id);
        MakeTicket.identify(exchange, SourceIdentity.ofRequest(intake.name(), owned, body.sha256(), name(message)));
        exchange.getMessage().setBody(ticket.answered(answers.map(where -> where.about(id))));
    }

    private Ticket ticket(
            RequestIntake intake, RequestProperties properties, RequestBody body, Claimed claimed, String name)
            throws IOException, Refused {
        Requests how = intake.requests();
        QueueId id = claimed.queueId();
        if (properties.rfc822() && properties.request().isEmpty()) {
            String own = properties.id().isEmpty() ? name : properties.id();
            Ticket.Source source = new Ticket.Source(intake.kind(), intake.name(), Shown.line(own), "");
            try (InputStream in = body.open()) {
                return how.ready()
                        .read(
                                in,
                                properties.envelope(),
                                id,
                                source,
                                clock.instant(),
                                number -> spool.create(id, number));
            }
        }
        try (InputStream json = properties.request().isPresent()
                ? new ByteArrayInputStream(properties.request().get().getBytes(StandardCharsets.UTF_8))
                : new BufferedInputStream(body.open())) {
            return how.json().read(json, id, name, clock.instant(), new Payloads(id, body, properties));
        }
    }

    /** Once is enough: the second is told apart from another request that happens to have the same id. */
    private void first(RequestBook book, String id, String content, Message message, QueueId queueId)
            throws IOException, JMSException, Refused, Repeated {
        if (id.isEmpty()) {
            return;
        }
        Optional<RequestBook.Entry> before =
                book.enter(owned(message, id), content, name(message), queueId, spool::has);
        if (before.isEmpty()) {
            return;
        }
        if (!before.get().content().equals(content)) {
            throw new Refused(
                    "the id \"%s\" was given to another request, received at %s as %s"
                            .formatted(id, before.get().time(), before.get().queueId()),
                    "give each request an id of its own");
        }
        throw new Repeated(before.get());
    }

    /** One user's ids are not another's, where the broker says who published it. */
    private static String owned(Message message, String id) throws JMSException {
        @Nullable String user = message.getStringProperty(USER);
        return user == null ? id : user + '\0' + id;
    }

    /** The application's; a request without one goes by the broker's name, which says nothing of its content. */
    private static String id(Ticket ticket, String name) {
        return ticket.source().name().equals(name) ? "" : ticket.source().name();
    }

    private static String name(Message message) throws JMSException {
        @Nullable String id = message.getJMSMessageID();
        return id == null ? "" : id;
    }

    /** Payloads go to the spool; the message's own body may be one of them, once. */
    private final class Payloads implements PayloadSink {
        private final QueueId id;
        private final RequestBody body;
        private boolean beside;

        Payloads(QueueId id, RequestBody body, RequestProperties properties) {
            this.id = id;
            this.body = body;
            this.beside = properties.request().isPresent();
        }

        @Override
        public OutputStream open(int number) throws IOException {
            return spool.create(id, number);
        }

        @Override
        public Optional<InputStream> body() throws IOException {
            Optional<InputStream> once = beside ? Optional.of(body.open()) : Optional.empty();
            beside = false;
            return once;
        }
    }

    /** A failure rolls back, the broker delivers the message again, and nothing of this attempt may stay. */
    private final class End extends SynchronizationAdapter {
        private final Intake intake;
        private final Claimed claimed;
        private final RequestBook book;

        End(Intake intake, Claimed claimed, RequestBook book) {
            this.intake = intake;
            this.claimed = claimed;
            this.book = book;
        }

        @Override
        public void onFailure(Exchange exchange) {
            try {
                spool.discard(claimed.queueId());
                intake.incoming().release(claimed);
            } catch (IOException e) {
                LOG.warn("id={} what is left of it goes at the next start", claimed.queueId(), e);
            } finally {
                book.left(claimed.queueId());
            }
        }

        @Override
        public void onComplete(Exchange exchange) {
            book.left(claimed.queueId());
        }
    }
}
