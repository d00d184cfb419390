package org.mailchute.graph;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.mailchute.message.AddressedMessage;
import org.mailchute.message.Apart;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;
import org.mailchute.smtp.FinalDot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that is too large for one request: a draft without its attachments, then each of these, then the order to send it. A
 * draft that is not sent is removed. The order is what the final dot is to SMTP.
 */
final class LargeMail {
    private static final Logger LOG = LoggerFactory.getLogger(LargeMail.class);

    private final GraphMailbox mailbox;
    private final Http http;
    private final Streaming streaming;

    LargeMail(GraphMailbox mailbox, Http http) {
        this.mailbox = mailbox;
        this.http = http;
        this.streaming = new Streaming(http, mailbox.times().finalReply());
    }

    /** Something was not agreed to; nothing has been sent. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Said said;

        Refused(Said said) {
            super(String.valueOf(said));
            this.said = said;
        }
    }

    Said send(AddressedMessage message, FinalDot dot) {
        try {
            Apart apart = Apart.of(message.whole());
            AddressedMessage rest = message.with(apart.rest());
            long octets = Measured.octets(rest);
            return octets > GraphSender.AT_ONCE ? tooLarge(octets) : send(apart, rest, octets, dot);
        } catch (IOException | MessagingException e) {
            throw Measured.unreadable(e);
        }
    }

    private static Said tooLarge(long octets) {
        return new Said(
                Stage.DATA,
                new Reply(413, "not sent: without its attachments it still has %,d octets".formatted(octets)));
    }

    private Said send(Apart apart, AddressedMessage rest, long octets, FinalDot dot) throws IOException {
        String draft = "";
        boolean sent = false;
        try {
            draft = "/messages/" + Http.segment(draft(rest, octets));
            for (Apart.Attachment attachment : apart.attachments()) {
                new Attaching(http, streaming, draft).attach(attachment);
            }
            Said said = order(draft, dot);
            sent = said.stage() == Stage.END_OF_DATA && said.reply().code() < 400; // or nobody knows
            return said;
        } catch (Refused e) {
            return e.said;
        } catch (Http.Silence e) {
            return e.said();
        } finally {
            if (!draft.isEmpty() && !sent) {
                remove(draft);
            }
        }
    }

    private String draft(AddressedMessage rest, long octets) throws Refused, Http.Silence {
        GraphAnswer made = agreed(streaming.send(
                http.to("/messages").header("Content-Type", "text/plain"),
                "POST",
                Measured.base64(octets),
                out -> Measured.base64(out, rest::writeTo),
                () -> {}));
        if (made.text("id").isEmpty()) {
            throw new Refused(Said.nothing(Stage.CONNECT, "a draft without an id, which is no answer of Graph's"));
        }
        return made.text("id");
    }

    /** @throws Refused where it came to anything else */
    static GraphAnswer agreed(Streaming.Came came) throws Refused {
        GraphAnswer answer = came.answer().orElseThrow(() -> new Refused(came.said()));
        if (!answer.agreed()) {
            throw new Refused(answer.said(false));
        }
        return answer;
    }

    private Said order(String draft, FinalDot dot) throws Http.Silence {
        HttpRequest.Builder order = http.to(draft + "/send").POST(HttpRequest.BodyPublishers.noBody());
        GraphSender.leaves(dot);
        try {
            return http.answer(order, mailbox.times().finalReply()).said(true);
        } catch (Http.Silence e) {
            return new Said(Stage.END_OF_DATA, e.said().reply());
        }
    }

    /** One that stays does no harm but takes room in the mailbox, so nobody waits long for it. */
    private void remove(String draft) {
        Duration patience = mailbox.times().connect();
        try {
            GraphAnswer answer = http.answer(http.to(draft).DELETE(), patience);
            if (!answer.agreed()) {
                LOG.warn("a draft stays in the mailbox {}: {}", mailbox.mailbox(), answer.reply());
            }
        } catch (Http.Silence e) {
            LOG.warn(
                    "a draft stays in the mailbox {}: {}",
                    mailbox.mailbox(),
                    e.said().reply());
        }
    }

    /** @throws Refused when it is no https address */
    static URI address(GraphAnswer session) throws Refused {
        String url = session.text("uploadUrl");
        if (!url.matches("https://[!-~]+")) {
            throw new Refused(Said.nothing(Stage.CONNECT, "an upload session without an address"));
        }
        return URI.create(url);
    }
}
