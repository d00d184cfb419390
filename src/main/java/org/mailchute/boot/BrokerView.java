package org.mailchute.boot;

/** What the gateway sees of its queues besides their messages. */
interface BrokerView {
    /** A broker elsewhere: no counts, and what waits for a lane waits until its time. */
    BrokerView NONE = new BrokerView() {
        @Override
        public long count(String queue) {
            return -1;
        }

        @Override
        public void wake(String queue) {
            // its time will come
        }
    };

    /** Messages in a queue, those for a later time included; -1 when unknown. */
    long count(String queue);

    /** Lets messages that wait for their lane leave now, whatever time they were given. */
    void wake(String queue);
}
