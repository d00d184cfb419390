package org.mailchute.doctor;

import org.mailchute.reply.Reply;

/**
 * One result.
 *
 * @param seen what was seen, on one line, without a secret
 * @param remedy what to do; empty when there is nothing
 */
public record Check(Topic topic, Status status, String seen, String remedy) {
    public Check {
        seen = Reply.line(seen);
        remedy = Reply.line(remedy);
    }
}
