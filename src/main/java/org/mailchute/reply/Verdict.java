package org.mailchute.reply;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a reply means for us: whose fault, what to do, why, and what a person should do about it.
 *
 * @param cause a sentence for the help desk
 * @param remedy what an administrator does; empty when waiting is enough
 * @param mayFallOver options that could carry the message instead, where they may carry this sender and all recipients;
 *     empty when no other lane may try: after a block for abuse above all
 * @param ease what the lane does less of for a while
 * @param waitAtLeast the next attempt comes no sooner, whatever the retry schedule says; zero where the schedule decides. Of a
 *     pause, how long the first one lasts; zero for the usual time
 * @param lasting what it comes to when it does not pass
 */
public record Verdict(
        Scope scope,
        Action action,
        String cause,
        String remedy,
        Set<Option> mayFallOver,
        Ease ease,
        Duration waitAtLeast,
        Optional<Lasting> lasting) {
    public Verdict {
        mayFallOver = Set.copyOf(mayFallOver);
    }

    /** That stays what it is. */
    public Verdict(Scope scope, Action action, String cause, String remedy, Set<Option> mayFallOver) {
        this(scope, action, cause, remedy, mayFallOver, Ease.NOTHING, Duration.ZERO, Optional.empty());
    }

    /** With no way but this one. */
    public Verdict(Scope scope, Action action, String cause, String remedy) {
        this(scope, action, cause, remedy, Set.of());
    }

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

    /** The same, but that the next attempt waits so long at the least. */
    Verdict noSoonerThan(Duration asked) {
        return asked.compareTo(waitAtLeast) <= 0
                ? this
                : new Verdict(scope, action, cause, remedy, mayFallOver, ease, asked, lasting);
    }

    /** What it has come to, since it lasts; itself when it is not meant to come to anything. */
    public Verdict lasted() {
        return lasting.map(it -> new Verdict(
                        Scope.SESSION, it.then(), cause + " It has gone on " + it + ".", remedy, mayFallOver))
                .orElse(this);
    }

    /** Whether the fault is the lane's and not the message's (promise P5). */
    public boolean stopsLane() {
        return action == Action.HOLD || action == Action.PAUSE;
    }
}
