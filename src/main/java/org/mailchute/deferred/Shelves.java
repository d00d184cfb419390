package org.mailchute.deferred;

/** What is asked of a broker besides messages. */
public interface Shelves {
    /** Messages in a queue, those for a later time included; -1 when unknown, or when there is no such queue. */
    long count(String queue);

    /**
     * Makes a durable queue if it is not there.
     *
     * @throws IllegalStateException when the broker does not let us
     */
    void make(String queue);
}
