package org.mailchute.graph;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.mailchute.envelope.Envelope;
import org.mailchute.message.AddressedMessage;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;
import org.mailchute.smtp.FinalDot;
import org.mailchute.smtp.MailSender;
import org.mailchute.smtp.RecipientReply;
import org.mailchute.smtp.Seats;

/**
 * Sends as one mailbox by Microsoft Graph ({@code POST /users/{mailbox}/sendMail} with the MIME message in base64), or as a draft where it is too large
 * for one request. All recipients share one answer. The end of a request is what the final dot is to SMTP.
 */
public final class GraphSender implements MailSender {
    private static final int STALE_TOKEN = 401;
    /** Octets of a message that goes in one request: 4 MB of base64 (Microsoft Graph's limit), and a little room. */
    static final long AT_ONCE = 3_000_000;

    private final GraphMailbox mailbox;
    private final Seats seats;
    private final Clients clients;
    private final Http http;

    /** @param seats how many requests at a time there may be of all who send as this mailbox */
    public GraphSender(GraphMailbox mailbox, Clock clock, Seats seats) {
        this.mailbox = mailbox;
        this.seats = seats;
        this.clients = new Clients(mailbox, clock);
        this.http = new Http(mailbox, clients);
    }

    @Override
    public List<RecipientReply> send(
            Envelope envelope, MimeMessage message, OptionalLong size, Runnable beforeMail, FinalDot dot) {
        seats.enter();
        try {
            beforeMail.run();
            Said said = send(new AddressedMessage(message, envelope.forwardPaths()), size.orElse(0), dot);
            return envelope.forwardPaths().stream()
                    .map(path -> new RecipientReply(path, said.stage(), said.reply()))
                    .toList();
        } finally {
            seats.leave();
        }
    }

    private Said send(AddressedMessage message, long size, FinalDot dot) {
        Said said = sent(message, size, dot);
        if (said.reply().code()
                == STALE_TOKEN) { // it may have been withdrawn, or know nothing of a right that was granted
            mailbox.tokens().refused();
            said = sent(message, size, dot);
        }
        if (said.stage() == Stage.END_OF_DATA && said.reply().code() != Reply.NO_REPLY) {
            dot.answered(said.reply());
        }
        return said;
    }

    private Said sent(AddressedMessage message, long size, FinalDot dot) {
        long octets = size > AT_ONCE ? size : Measured.octets(message);
        return octets > AT_ONCE ? new LargeMail(mailbox, http).send(message, dot) : sendMail(message, octets, dot);
    }

    private Said sendMail(AddressedMessage message, long octets, FinalDot dot) {
        try {
            Streaming.Came came = new Streaming(http, mailbox.times().finalReply())
                    .send(
                            http.to("/sendMail").header("Content-Type", "text/plain"),
                            "POST",
                            Measured.base64(octets),
                            out -> Measured.base64(out, message::writeTo),
                            () -> leaves(dot));
            return came.whole() && came.answer().isEmpty()
                    ? new Said(Stage.END_OF_DATA, came.said().reply())
                    : came.said();
        } catch (Http.Silence e) {
            return e.said();
        }
    }

    /** From here on silence is ambiguous. */
    static void leaves(FinalDot dot) {
        try {
            dot.leaves(List.of());
        } catch (IOException e) {
            throw new FinalDot.NotNoted(e);
        }
    }

    @Override
    public void reap() {
        clients.reap();
    }

    @Override
    public void close() {
        // connections end with their client
    }
}
