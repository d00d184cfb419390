package org.mailchute.smtp;

import org.mailchute.envelope.ForwardPath;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/** What the server said last about one recipient, and where in the dialogue it said so. */
public record RecipientReply(ForwardPath recipient, Stage stage, Reply reply) {}
