package org.mailchute.request;

import org.mailchute.spool.KnownIds;
import org.mailchute.spool.LongTable;

/** Where in a book of request ids the last line of each id begins: 20 to 40 octets for each. */
final class RequestIndex {
    private static final int PLACE = 1;
    private static final int ID = 1;

    /** By id: twice the place, and one more when it was committed. */
    private final LongTable ids = new LongTable(1);

    /** By queue id: the id. Of those that were not committed yet, which are few. */
    private final LongTable open = new LongTable(1);

    private long end;
    private int lines;

    void put(RequestLines.Line line) {
        long id = RequestLines.hash(line.key());
        if (!ids.add(id) && (ids.word(id, PLACE) & 1) == 0) {
            open.removeWith(ID, id); // what is committed of it now does not count
        }
        ids.put(id, PLACE, 2 * end);
        open.put(KnownIds.hash(line.entry().queueId().value()), ID, id);
    }

    boolean confirm(String queueId) {
        long hash = KnownIds.hash(queueId);
        long id = open.word(hash, ID);
        boolean newest = open.remove(hash);
        if (newest) {
            ids.put(id, PLACE, ids.word(id, PLACE) | 1);
        }
        return newest;
    }

    void passed(int octets) {
        end += octets;
        lines++;
    }

    /** -1 when there is none. */
    long place(String key) {
        return ids.has(RequestLines.hash(key)) ? ids.word(RequestLines.hash(key), PLACE) >> 1 : -1;
    }

    boolean committed(String key) {
        return (ids.word(RequestLines.hash(key), PLACE) & 1) == 1;
    }

    /** How many octets of lines were passed. */
    long end() {
        return end;
    }

    /** That were passed, of whatever kind. */
    int lines() {
        return lines;
    }

    /** How many ids. */
    int size() {
        return ids.size();
    }
}
