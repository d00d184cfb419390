package org.mailchute.broker;

import org.mailchute.deferred.Shelves;

/** What the gateway sees of its queues besides their messages. */
public interface BrokerView extends Shelves {
    /** Any broker but Artemis: it tells no counts, and only its administrator makes queues. */
    BrokerView NONE = new BrokerView() {
        @Override
        public long count(String queue) {
            return -1;
        }

        @Override
        public void make(String queue) {
            throw new UnsupportedOperationException("no queue is made at this broker: " + queue);
        }
    };
}
