package org.mailchute.simulator;

/** What High Volume Email and Azure Communication Services take of one message. */
final class SmallMessages {
    private static final int RECIPIENTS = 50;
    private static final long OCTETS = 10L << 20;

    private SmallMessages() {}

    /** One recipient more. */
    static String recipient(SessionState session) {
        return session.recipients.size() < RECIPIENTS ? "" : "452 4.5.3 Too many recipients";
    }

    static String size(SessionState session) {
        return session.octets <= OCTETS ? "" : Paths.TOO_BIG;
    }
}
