package org.mailchute.smtp;

import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/** No session could be opened: how far it got, and the server's reply or what was seen instead. */
final class SessionFault extends Exception {
    private static final long serialVersionUID = 1;
    private final Stage stage;
    private final transient Reply reply;

    SessionFault(Stage stage, Reply reply, Throwable cause) {
        super(stage + ": " + reply, cause);
        this.stage = stage;
        this.reply = reply;
    }

    SessionFault(Stage stage, Reply reply) {
        super(stage + ": " + reply);
        this.stage = stage;
        this.reply = reply;
    }

    Stage stage() {
        return stage;
    }

    Reply reply() {
        return reply;
    }
}
