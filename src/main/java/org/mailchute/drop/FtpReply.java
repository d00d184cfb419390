package org.mailchute.drop;

import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/** A reply (RFC 959 section 4.2). */
record FtpReply(int code, String text) {
    static void say(FtpIoSession session, FtpReply reply) {
        session.write(new DefaultFtpReply(reply.code, reply.text));
    }

    /** A command that is always answered so. */
    static Command always(int code, String text) {
        return (session, context, request) -> {
            session.resetState();
            say(session, new FtpReply(code, text));
        };
    }
}
