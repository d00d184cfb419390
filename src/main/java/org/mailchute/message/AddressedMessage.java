package org.mailchute.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.mailchute.envelope.ForwardPath;

/**
 * A message for a server that knows no envelope and sends to whom the header names: To and Cc keep those of the envelope, who
 * else is in it is in Bcc, and nobody else is named. Each stands there once.
 */
public final class AddressedMessage extends MimeMessage {
    private final MimeMessage whole;
    private final List<ForwardPath> recipients;

    public AddressedMessage(MimeMessage whole, List<ForwardPath> recipients) {
        super((Session) null);
        this.whole = whole;
        this.recipients = List.copyOf(recipients);
    }

    /** The message, whoever it is for. */
    public MimeMessage whole() {
        return whole;
    }

    /** Another for the same. */
    public AddressedMessage with(MimeMessage other) {
        return new AddressedMessage(other, recipients);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, MessagingException {
        AddressedHeader header = new AddressedHeader(out, recipients);
        whole.writeTo(header);
        header.end();
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
        writeTo(out);
    }
}
