package org.mailchute.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.mailchute.reply.Reply;

/**
 * Told of the two moments of a transaction between which nobody but the server knows whether it has the message (RFC 5321
 * section 4.5.3.2.6).
 */
public interface FinalDot {
    /**
     * Everything but the final dot was sent; the dot leaves when this returns.
     *
     * @param refused recipients that the server has refused, which the reply to the dot is not about
     * @throws IOException when it cannot be noted; the dot does not leave then
     */
    void leaves(List<RecipientReply> refused) throws IOException;

    /** The whole reply to the dot was read. Called before anything else is done with it. */
    void answered(Reply reply);

    /** The dot did not leave, as that could not be noted: nobody has got the message. */
    final class NotNoted extends UncheckedIOException {
        private static final long serialVersionUID = 1;

        public NotNoted(IOException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }
}
