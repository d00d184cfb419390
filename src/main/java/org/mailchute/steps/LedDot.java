package org.mailchute.steps;

import java.io.IOException;
import java.util.List;
import org.mailchute.limits.Lead;
import org.mailchute.reply.Reply;
import org.mailchute.smtp.FinalDot;
import org.mailchute.smtp.RecipientReply;

/** A final dot that leaves only while this gateway works: the one that took over would send the message once more. */
record LedDot(FinalDot dot, Lead lead) implements FinalDot {
    @Override
    public void leaves(List<RecipientReply> refused) throws IOException {
        if (!lead.holds()) {
            throw new IOException(Lead.OVER);
        }
        dot.leaves(refused);
    }

    @Override
    public void answered(Reply reply) {
        dot.answered(reply);
    }
}
