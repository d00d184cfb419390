package org.mailchute.steps;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.mailchute.broker.Queues;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.Digested;
import org.mailchute.intake.Refused;
import org.mailchute.lane.NextHops;
import org.mailchute.message.OriginalHeader;
import org.mailchute.notice.Matter;
import org.mailchute.notice.Notice;
import org.mailchute.notice.NoticeMail;
import org.mailchute.notice.NoticePlan;
import org.mailchute.notice.Original;
import org.mailchute.notice.WebhookBody;
import org.mailchute.notice.Wording;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands notices in, as any intake does: spool, accept, next hop, lane. The same notice has the same queue id and the same duplicate
 * detection id however often it is handed in.
 *
 * @param gateway our name
 */
public record NoticeIntake(
        NoticePlan plan,
        String gateway,
        Supplier<AcceptPolicy> policy,
        NextHops nextHops,
        Spool spool,
        ProducerTemplate routes,
        Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeIntake.class);
    private static final String INTAKE = "gateway";

    /**
     * The broker has it when this returns.
     *
     * @throws Refused when it cannot be sent to whom it is for
     * @throws IOException when it cannot be handed in now
     */
    public void send(Notice notice) throws Refused, IOException {
        Wording wording = new Wording(notice, gateway, notice.single().flatMap(this::original));
        if (notice.isForAdministrator() && plan.webhook().isPresent()) {
            post(
                    notice,
                    WebhookBody.of(
                            wording, clock.instant(), plan.webhook().get().body()));
        }
        Optional<MailAddress> to =
                notice.isForAdministrator() ? plan.to() : Optional.of(MailAddress.parse(notice.to()));
        if (to.isPresent()) {
            mail(wording, to.get());
        }
    }

    private void post(Notice notice, String json) {
        routes.sendBodyAndHeaders("jms:queue:" + Queues.WEBHOOK, json, Map.of(Events.DUPLICATE_ID, notice.id()));
    }

    private void mail(Wording wording, MailAddress to) throws Refused, IOException {
        QueueId id = QueueId.of(
                wording.notice().since(), Long.parseLong(wording.notice().id().substring(0, 15), 16));
        boolean fresh = !spool.has(id);
        Ticket ticket = fresh ? made(id, wording, to) : spool.read(id);
        Exchange done = routes.send("direct:accept", exchange -> {
            exchange.setProperty(MakeTicket.FRESH, fresh);
            exchange.getMessage().setBody(ticket);
        });
        if (done.getException() != null) {
            throw new IOException(done.getException());
        }
    }

    /** Nothing of it is in the spool when it is refused. */
    private Ticket made(QueueId id, Wording wording, MailAddress to) throws Refused, IOException {
        byte[] octets = new NoticeMail(wording, author(), to, messageId(id), clock.instant()).octets();
        Ticket ticket = ticket(id, wording, to, octets);
        policy.get().check(ticket);
        nextHops.deliveries(ticket);
        try (OutputStream out = spool.create(id, 0)) {
            out.write(octets);
        }
        return ticket;
    }

    private MailAddress author() {
        return plan.from().orElseThrow();
    }

    private String messageId(QueueId id) {
        return "<" + id + "@" + gateway + ">";
    }

    /** Without an envelope sender (RFC 3464 section 2). */
    private Ticket ticket(QueueId id, Wording wording, MailAddress to, byte[] octets) {
        Notice notice = wording.notice();
        return new Ticket(
                id,
                messageId(id),
                clock.instant(),
                new Ticket.Source(Matter.SOURCE, INTAKE, notice.id(), "", Optional.of(Wishes.sparing(notice.spared()))),
                ReversePath.NULL,
                List.of(new ForwardPath(to)),
                new Ticket.Header(author(), "", List.of(to), List.of(), Optional.empty(), wording.subject(), Map.of()),
                "",
                Optional.empty(),
                List.of(new Ticket.Payload("notice.eml", "message/rfc822", octets.length, sha256(octets))),
                Priority.HIGH,
                Optional.of(new Ticket.ReadyMade(false, List.of(author()), Optional.of(notice.id()), false)));
    }

    private static String sha256(byte[] ascii) {
        return Digested.sha256(new String(ascii, StandardCharsets.US_ASCII));
    }

    /** Of a message that was delivered nothing may be here any more. */
    private Optional<Original> original(Matter matter) {
        try {
            Ticket ticket = spool.whole(new QueueId(matter.event().queueId()));
            return Optional.of(new Original(
                    ticket.source().name(),
                    ticket.header().subject(),
                    OriginalHeader.of(ticket, number -> spool.payload(ticket.queueId(), number))));
        } catch (IOException e) {
            LOG.debug("id={} is told of without its header", matter.event().queueId(), e);
            return Optional.empty();
        }
    }
}
