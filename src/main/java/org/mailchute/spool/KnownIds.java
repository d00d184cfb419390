package org.mailchute.spool;

import java.util.function.Predicate;

/**
 * Very many queue ids in little memory (promise P8): of each only a 64-bit hash. Of ids that were never added one in some million
 * million may be taken for known, so use it only where that does no harm. For one thread.
 */
public final class KnownIds implements Predicate<QueueId> {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final LongTable hashes = new LongTable(0);

    /** @return whether it is new */
    public boolean add(QueueId id) {
        return hashes.add(hash(id.value()));
    }

    /** Whether it was added. */
    @Override
    public boolean test(QueueId id) {
        return hashes.has(hash(id.value()));
    }

    public int size() {
        return hashes.size();
    }

    /** Of a queue id, 64 bits (FNV-1a). */
    public static long hash(String id) {
        long hash = FNV_OFFSET;
        for (int at = 0; at < id.length(); at++) {
            hash = (hash ^ id.charAt(at)) * FNV_PRIME;
        }
        return hash;
    }
}
