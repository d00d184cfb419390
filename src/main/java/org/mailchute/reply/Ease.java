package org.mailchute.reply;

/** What a lane does less of for a while, because a reply says it does too much. */
public enum Ease {
    NOTHING,
    /** Fewer sessions at a time: the mailbox has too many (432 4.3.2). */
    SESSIONS,
    /** Fewer messages a minute: the server is busy, or finds us so (451 4.7.500-699). */
    RATE
}
