package org.mailchute.reply;

import java.util.Optional;

/** What became of one recipient in one attempt (promise P4: there is no fourth case). */
public sealed interface Outcome {
    Reply reply();

    /** Why it was not accepted; empty when it was. */
    default Optional<Verdict> judged() {
        return Optional.empty();
    }

    /** The server took responsibility: 250 after the final dot. */
    record Accepted(Reply reply) implements Outcome {}

    /** Not now; {@link Verdict#stopsLane()} tells whether it counts against the message. */
    record Deferred(Reply reply, Verdict verdict) implements Outcome {
        @Override
        public Optional<Verdict> judged() {
            return Optional.of(verdict);
        }
    }

    /** Never: becomes a dead letter. */
    record Rejected(Reply reply, Verdict verdict) implements Outcome {
        @Override
        public Optional<Verdict> judged() {
            return Optional.of(verdict);
        }
    }
}
