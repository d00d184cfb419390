package org.mailchute.spool;

/** What leaves first when messages wait in a lane: a person stands at the scanner, a monthly statement has time. */
public enum Priority {
    BULK(1),
    NORMAL(4),
    HIGH(8);

    private final int jms;

    Priority(int jms) {
        this.jms = jms;
    }

    /** 0 to 9, as the broker's queues know it (Jakarta Messaging 3.1 section 3.4.9). */
    public int jms() {
        return jms;
    }
}
