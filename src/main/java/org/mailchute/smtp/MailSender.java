package org.mailchute.smtp;

import jakarta.mail.internet.MimeMessage;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import org.mailchute.envelope.Envelope;
import org.mailchute.reply.Reply;

/** Hands a lane's messages to its server, so many at a time as it may. Safe between threads. */
public interface MailSender extends AutoCloseable {
    /**
     * Runs one transaction. No fault of server or network is thrown: {@link Reply#none} stands for silence.
     *
     * @param size octets of the message, told to a server that offers SIZE (RFC 1870), so that it may refuse it early
     * @param beforeMail returns when MAIL may be said; asked again before it is said to a second session, as the first was gone.
     *     What it throws is passed on, and the server has heard nothing of the message
     * @param dot told when the final dot leaves, and what the server says to it
     * @return what was said last about each recipient, in the order of the envelope
     * @throws UncheckedIOException when the message itself cannot be read; no recipient has got it then
     * @throws FinalDot.NotNoted likewise
     */
    List<RecipientReply> send(
            Envelope envelope, MimeMessage message, OptionalLong size, Runnable beforeMail, FinalDot dot);

    /** Closes what nobody needs any more. Meant to be called now and then. */
    void reap();

    /** Closes what is not in use now, and the rest when its transaction has ended. */
    @Override
    void close();
}
