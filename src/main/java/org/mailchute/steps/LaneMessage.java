package org.mailchute.steps;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import org.mailchute.lane.Attempt;

/**
 * The composed message together with its attempt: camel-mail hands a {@link MimeMessage} body to the sender as it is, so
 * this is how envelope and outcomes pass through it.
 */
final class LaneMessage extends MimeMessage {
    private final Attempt attempt;
    private final MimeMessage composed;

    LaneMessage(Attempt attempt, MimeMessage composed) {
        super((Session) null);
        this.attempt = attempt;
        this.composed = composed;
    }

    Attempt attempt() {
        return attempt;
    }

    MimeMessage composed() {
        return composed;
    }

    @Override
    public String getMessageID() {
        return attempt.ticket().messageId();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, MessagingException {
        composed.writeTo(out);
    }
}
