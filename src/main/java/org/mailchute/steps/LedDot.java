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
        mustHold();
        dot.leaves(refused);
        mustHold(); // a process may stand still while the disk takes the note
    }

    private void mustHold() throws IOException {
        if (!lead.holds()) {
            throw new IOException(Lead.OVER);
        }
    }

    @Override
    public void answered(Reply reply) {
        dot.answered(reply);
    }
}
