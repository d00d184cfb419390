package org.mailchute.spool;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Very many queue ids in little memory (promise P8): of each only a 64-bit hash, in a table at most half full. Of ids that were
 * never added one in some million million may be taken for known, so use it only where that does no harm. For one thread.
 */
public final class KnownIds implements Predicate<QueueId> {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long NONE = 0;

    private long[] table = new long[1 << 10];
    private int size;

    /** @return whether it is new */
    public boolean add(QueueId id) {
        long hash = hash(id);
        int place = place(table, hash);
        if (table[place] == hash) {
            return false;
        }
        table[place] = hash;
        size++;
        if (size > table.length / 2) {
            grow();
        }
        return true;
    }

    /** Whether it was added. */
    @Override
    public boolean test(QueueId id) {
        long hash = hash(id);
        return table[place(table, hash)] == hash;
    }

    public int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        Arrays.stream(table).filter(hash -> hash != NONE).forEach(hash -> larger[place(larger, hash)] = hash);
        table = larger;
    }

    /** Where the hash is, or the free place for it. */
    private static int place(long[] table, long hash) {
        int place = (int) (hash ^ hash >>> 32) & table.length - 1;
        while (table[place] != NONE && table[place] != hash) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }

    private static long hash(QueueId id) {
        long hash = FNV_OFFSET;
        for (int at = 0; at < id.value().length(); at++) {
            hash = (hash ^ id.value().charAt(at)) * FNV_PRIME;
        }
        return hash == NONE ? 1 : hash;
    }
}
