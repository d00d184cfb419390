package org.mailchute.broker;

/** The names of Mailchute's own queues. */
public final class Queues {
    /** How they all begin. */
    private static final String OURS = "mailchute.";

    /** Everything of ours at the broker. */
    public static final String ALL = OURS + "#";

    public static final String EVENTS = "mailchute.events";
    /** A copy of each event, for the trace. */
    public static final String TRACE = "mailchute.trace";

    /** Another, for notices. */
    public static final String NOTICES = "mailchute.notices";

    /** What is posted to the administrator's webhook. */
    public static final String WEBHOOK = "mailchute.webhook";

    public static final String DEAD_LETTERS = "mailchute.dead-letters";

    /** Requests of applications that expired, or that could not even be refused; nobody of ours reads it. */
    public static final String UNDELIVERABLE = "mailchute.undeliverable";

    /** At a broker elsewhere: whose it is. */
    public static final String OWNER = "mailchute.owner";

    private Queues() {}

    /** Whether a queue of this name is ours, and nobody else's. */
    public static boolean isOurs(String name) {
        return name.startsWith(OURS);
    }

    /** The durable queue of one lane. */
    public static String lane(String option, String lane) {
        return OURS + option + "." + lane;
    }
}
