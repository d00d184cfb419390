package org.mailchute.reply;

import java.util.Optional;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;

/**
 * Judges what no row knows. The stage tells whom a reply is about; its first digit (RFC 5321 section 4.2.1) whether to try
 * again. A refusal before MAIL is the lane's fault, never the message's (promise P5).
 */
final class Unlisted {
    private static final String READ_IT =
            "Read the reply's text. If it comes often, add a row for it (src/docs/errors.md).";

    private Unlisted() {}

    /** A positive reply that fits the stage, and silence after the final dot: no row may say otherwise. */
    static Optional<Verdict> beforeRows(Stage stage, Reply reply) {
        if (reply.positive()) {
            return Optional.of(
                    expected(stage, reply)
                            ? new Verdict(scope(stage), Action.ACCEPT, "The server agreed.", "")
                            : unfinished());
        }
        if (reply.code() == Reply.NO_REPLY && stage == Stage.END_OF_DATA) {
            return Optional.of(new Verdict(
                    Scope.MESSAGE,
                    Action.UNCERTAIN,
                    "The connection broke, or the gateway ended, after the message was sent and before the server's answer was"
                            + " read: the server may have it.",
                    ""));
        }
        return Optional.empty();
    }

    /** The server agreed to something, but not to the whole message: nothing was accepted (RFC 5321 section 4.2.5). */
    static Verdict unfinished() {
        return new Verdict(
                Scope.SESSION, Action.RETRY, "The dialogue ended before the server accepted the message.", "");
    }

    static Verdict verdict(Stage stage, Reply reply) {
        if (reply.code() == Reply.NO_REPLY && stage == Stage.AUTH) {
            return ours("This gateway could not prove who it is: ", reply.text(), "Correct the login of the lane.");
        }
        if (reply.code() == Reply.NO_REPLY && stage == Stage.LOOKUP) {
            return ours("The server cannot be found: ", reply.text(), "Correct host or domain of the lane.");
        }
        if (reply.code() == Reply.NO_REPLY) {
            String cause = "The server could not be reached, or the connection broke: " + reply.text();
            return new Verdict(Scope.SESSION, Action.RETRY, cause, "");
        }
        return switch (action(stage, reply)) {
            case HOLD -> new Verdict(scope(stage), Action.HOLD, "The server turned this gateway away.", READ_IT);
            case PAUSE -> new Verdict(scope(stage), Action.PAUSE, "The server refused the login for now.", "");
            case REJECT -> new Verdict(scope(stage), Action.REJECT, "The server refused for good.", READ_IT);
            default -> new Verdict(scope(stage), Action.RETRY, "The server refused for now.", "");
        };
    }

    /** HTTP's first digit says the reverse of SMTP's: 5xx is for now, 4xx for good, but for a few (RFC 9110 section 15). */
    static Verdict ofGraph(Reply reply) {
        return switch (reply.code()) {
            case 401, 403, 404, 407 ->
                new Verdict(Scope.SESSION, Action.HOLD, "Microsoft Graph turned this gateway away.", READ_IT);
            case 408, 409, 423, 425, 429 ->
                new Verdict(Scope.SESSION, Action.RETRY, "Microsoft Graph refused for now.", "");
            default ->
                reply.code() >= 500
                        ? new Verdict(Scope.SESSION, Action.RETRY, "Microsoft Graph failed.", "")
                        : new Verdict(Scope.MESSAGE, Action.REJECT, "Microsoft Graph refused for good.", READ_IT);
        };
    }

    /** Said by ourselves: what is wrong, and after a semicolon what to do about it. */
    private static Verdict ours(String prefix, String text, String otherwise) {
        int end = text.indexOf("; ");
        String what = end < 0 ? text : text.substring(0, end);
        String remedy = end < 0 ? otherwise : text.substring(end + 2);
        return new Verdict(
                Scope.SESSION, Action.HOLD, prefix + what, remedy + " The lane's next probe finds out by itself.");
    }

    private static Action action(Stage stage, Reply reply) {
        boolean forNow = reply.code() < 500
                || reply.enhanced().filter(code -> code.statusClass() == 4).isPresent();
        if (forNow) {
            return stage == Stage.AUTH ? Action.PAUSE : Action.RETRY;
        }
        return scope(stage) == Scope.SESSION ? Action.HOLD : Action.REJECT;
    }

    /** DATA is answered by 354, and AUTH may be by 334; all else by 2yz. */
    private static boolean expected(Stage stage, Reply reply) {
        return switch (stage) {
            case DATA -> reply.code() >= 300;
            case AUTH -> true;
            default -> reply.code() < 300;
        };
    }

    static Scope scope(Stage stage) {
        return switch (stage) {
            case LOOKUP, CONNECT, GREETING, STARTTLS, AUTH -> Scope.SESSION;
            case MAIL -> Scope.SENDER;
            case RCPT -> Scope.RECIPIENT;
            case DATA, END_OF_DATA -> Scope.MESSAGE;
        };
    }
}
