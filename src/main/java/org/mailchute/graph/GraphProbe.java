package org.mailchute.graph;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/** Asks Graph to send what is no message: so it looks at token, mailbox and rights, and has nothing to send. */
public record GraphProbe(GraphMailbox mailbox, Clock clock) {
    private static final int BAD_REQUEST = 400;
    private static final String NO_BASE64 = "!";

    /**
     * What Graph says.
     *
     * @param stage how far it got
     * @param fine it refused nothing but the message
     */
    public record Heard(Stage stage, Reply reply, boolean fine) {}

    public Heard ask() {
        Http http = new Http(mailbox, new Clients(mailbox, clock));
        try {
            GraphAnswer answer = http.answer(
                    http.to("/sendMail").header("Content-Type", "text/plain").POST(BodyPublishers.ofString(NO_BASE64)),
                    mailbox.times().reply());
            Said said = answer.said(false);
            return new Heard(said.stage(), said.reply(), answer.status() == BAD_REQUEST);
        } catch (Http.Silence e) {
            return new Heard(e.said().stage(), e.said().reply(), false);
        }
    }
}
