package org.mailchute.smtp;

import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.OptionalLong;
import org.mailchute.envelope.Envelope;

/** Of a lane that sends nothing any more. */
public final class NoSender implements MailSender {
    @Override
    public List<RecipientReply> send(
            Envelope envelope, MimeMessage message, OptionalLong size, Runnable beforeMail, FinalDot dot) {
        throw new IllegalStateException("this lane sends nothing any more");
    }

    @Override
    public void reap() {}

    @Override
    public void close() {}
}
