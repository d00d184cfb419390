package org.mailchute.listener;

import java.io.IOException;
import java.io.OutputStream;
import org.mailchute.envelope.Envelope;

/** Where messages go. A device hears 250 only after {@link Draft#hand} has said {@link Answer.Queued} (promise P2). */
public interface Handover {
    /** @throws IOException when nothing can be written now */
    Draft open() throws IOException;

    /** One message on its way in. Ends with {@link #hand} or {@link #drop}. */
    interface Draft {
        /** Takes the message as it was sent, dots after CRLF undone. The draft closes it. */
        OutputStream content();

        /**
         * @param device how it is known: login or address, and the name it gives itself
         * @param dotsDoubled so are those that begin a line behind a lone LF, to be undone
         */
        Answer hand(Envelope envelope, String device, boolean dotsDoubled);

        /** The device broke off, or its message is not taken: as if it had never begun. */
        void drop();
    }

    /** What became of it. */
    sealed interface Answer {
        /** Spool and queue are durable; also when the same message was queued before. */
        record Queued(String queueId) implements Answer {}

        /** Never in this form; one sentence says why. */
        record Refused(String reason) implements Answer {}

        /** Not now: broker or disk. The device should try again. */
        record Later() implements Answer {}
    }
}
