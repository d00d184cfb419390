package org.mailchute.reply;

/**
 * What a reply means for us: whose fault, what to do, why, and what a person should do about it.
 *
 * @param cause a sentence for the help desk
 * @param remedy what an administrator does; empty when waiting is enough
 */
public record Verdict(Scope scope, Action action, String cause, String remedy) {
    /** Whom the reply is about. */
    public enum Scope {
        SESSION,
        SENDER,
        RECIPIENT,
        MESSAGE
    }

    /** What the gateway does. */
    public enum Action {
        ACCEPT,
        /** Try again later; uses up one step of the retry schedule. */
        RETRY,
        /** The lane waits until a known time; the message's life is not used up. */
        PAUSE,
        /** The lane waits for an administrator; the message's life is not used up. */
        HOLD,
        /** The server may have it already: wait, then try once more as a possible duplicate. */
        UNCERTAIN,
        /** Final: a dead letter. */
        REJECT
    }

    /** Whether the fault is the lane's and not the message's (promise P5). */
    public boolean stopsLane() {
        return action == Action.HOLD || action == Action.PAUSE;
    }
}
