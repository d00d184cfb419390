package org.mailchute.smtp;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.mailchute.reply.Reply;

/**
 * Commands of one transaction in their order. With PIPELINING (RFC 2920) they leave in groups, each in one write, and DATA
 * may end a group; without it one by one.
 */
final class Pipeline {
    /** Bounds the replies that may queue up while we still write, so that both sides can never wait for each other. */
    private static final int GROUP = 100;

    private final SmtpTransport transport;
    private final Deque<String> unsent;
    private final int group;
    private final Deque<String> unanswered = new ArrayDeque<>();

    Pipeline(SmtpTransport transport, Collection<String> commands) {
        this.transport = transport;
        this.unsent = new ArrayDeque<>(commands);
        this.group = transport.supportsExtension("PIPELINING") ? GROUP : 1;
    }

    /** The reply to the next command. */
    Reply next() {
        if (unanswered.isEmpty()) {
            sendGroup();
        }
        unanswered.remove();
        return transport.read();
    }

    private void sendGroup() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < group && !unsent.isEmpty(); i++) {
            unanswered.add(unsent.peek());
            lines.append(unsent.remove()).append("\r\n");
        }
        transport.write(lines.toString());
    }

    /**
     * Gives up: reads the replies still owed. Should DATA be among them and get its 354 although nobody is there to get the
     * message, a lone dot ends it (RFC 2920 section 3.1). Then RSET, so that the session can go on.
     */
    void abandon() {
        while (!unanswered.isEmpty()) {
            if (next().code() == 354) {
                transport.write(".\r\n");
                transport.read();
            }
        }
        transport.write("RSET\r\n");
        if (!transport.read().positive()) {
            transport.lost("RSET refused");
        }
    }
}
