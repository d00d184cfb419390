package org.mailchute.border;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.TransactionOperationAbstract;

/** What users have sent in transactions that they have not ended: until then all of it is in memory, whatever the queues' limits. */
final class UncommittedSends {
    private static final int SHARE_OF_HEAP = 8;

    /** Octets that Artemis needs beside the message; all there is in memory of a large one. */
    private static final int OF_A_MESSAGE = 2_000;

    private final long most;
    private final Map<String, Long> octets = new ConcurrentHashMap<>();

    /**
     * @param heap of the process, octets
     * @param users that share in it
     */
    UncommittedSends(long heap, int users) {
        this.most = heap / SHARE_OF_HEAP / Math.max(2, users);
    }

    /** Why this user may send no more in this transaction; empty when it may. Then it counts until the transaction ends. */
    Optional<String> fault(String user, Transaction transaction, Message message) {
        long more = OF_A_MESSAGE + (message.isLargeMessage() ? 0 : message.getWholeMessageSize());
        if (octets.merge(user, more, Long::sum) > most) {
            octets.merge(user, -more, Long::sum);
            return Optional.of("a message beyond the " + most + " bytes that may wait for a commit: commit sooner");
        }
        transaction.addOperation(new TransactionOperationAbstract() {
            @Override
            public void afterCommit(Transaction over) {
                octets.merge(user, -more, Long::sum);
            }

            @Override
            public void afterRollback(Transaction over) {
                octets.merge(user, -more, Long::sum);
            }
        });
        return Optional.empty();
    }
}
