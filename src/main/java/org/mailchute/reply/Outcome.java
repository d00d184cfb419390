package org.mailchute.reply;

/** What became of one recipient in one attempt (promise P4: there is no fourth case). */
public sealed interface Outcome {
    Reply reply();

    /** The server took responsibility: 250 after the final dot. */
    record Accepted(Reply reply) implements Outcome {}

    /** Not now; {@link Verdict#stopsLane()} tells whether it counts against the message. */
    record Deferred(Reply reply, Verdict verdict) implements Outcome {}

    /** Never: becomes a dead letter. */
    record Rejected(Reply reply, Verdict verdict) implements Outcome {}
}
