package org.mailchute.spool;

import java.util.Arrays;

/**
 * Very many 64-bit hashes in little memory (promise P8), each with so many further words beside it: one array, mostly full,
 * and no object for each of them. For one thread.
 */
public final class LongTable {
    private static final long NONE = 0;
    private static final int FIRST_ROWS = 1 << 10;

    private final int width;
    private long[] table;
    private int size;

    /** @param words kept beside each hash; all are 0 at first */
    public LongTable(int words) {
        width = 1 + words;
        table = new long[FIRST_ROWS * width];
    }

    /** @return whether it is new */
    public boolean add(long hash) {
        int place = place(table, key(hash));
        if (table[place] != NONE) {
            return false;
        }
        table[place] = key(hash);
        size++;
        if (8L * size > 7L * (table.length / width)) {
            grow();
        }
        return true;
    }

    public boolean has(long hash) {
        return table[place(table, key(hash))] != NONE;
    }

    /** @param number of the word, from 1; 0 where the hash was never added */
    public long word(long hash, int number) {
        return table[place(table, key(hash)) + number];
    }

    /** Adds the hash, where it is missing, with this word. @param number from 1 */
    public void put(long hash, int number, long word) {
        add(hash);
        table[place(table, key(hash)) + number] = word;
    }

    /** @return whether it was there */
    public boolean remove(long hash) {
        int place = place(table, key(hash));
        boolean there = table[place] != NONE;
        if (there) {
            clear(place);
        }
        return there;
    }

    /** Takes out one hash that has this word, where there is one; looks through all. @param number from 1 */
    public void removeWith(int number, long word) {
        for (int place = 0; place < table.length; place += width) {
            if (table[place] != NONE && table[place + number] == word) {
                clear(place);
                return;
            }
        }
    }

    private void clear(int place) {
        Arrays.fill(table, place, place + width, 0);
        size--;
        // those up to the next free place may have come to lie behind it because it was taken
        for (int next = after(place); table[next] != NONE; next = after(next)) {
            long[] row = Arrays.copyOfRange(table, next, next + width);
            Arrays.fill(table, next, next + width, 0);
            System.arraycopy(row, 0, table, place(table, row[0]), width);
        }
    }

    private int after(int place) {
        return (place + width) % table.length;
    }

    /** How many hashes there are. */
    public int size() {
        return size;
    }

    private static long key(long hash) {
        return hash == NONE ? 1 : hash;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (int row = 0; row < table.length; row += width) {
            if (table[row] != NONE) {
                System.arraycopy(table, row, larger, place(larger, table[row]), width);
            }
        }
        table = larger;
    }

    /** Where the key is, or the free place for it. */
    private int place(long[] table, long key) {
        int rows = table.length / width;
        int row = (int) (key ^ key >>> 32) & rows - 1;
        while (table[row * width] != NONE && table[row * width] != key) {
            row = row + 1 & rows - 1;
        }
        return row * width;
    }
}
