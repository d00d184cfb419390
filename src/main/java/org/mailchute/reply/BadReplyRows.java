package org.mailchute.reply;

import java.util.List;
import java.util.stream.Collectors;

/** Rows that cannot be used: one error a row, each with file and line. */
public final class BadReplyRows extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<BadRow> rows;

    BadReplyRows(List<BadRow> rows) {
        super(rows.stream().map(BadRow::toString).collect(Collectors.joining("\n")));
        this.rows = List.copyOf(rows);
    }

    /**
     * @param file as it was named
     * @param line from 1
     * @param key empty when it is no single key
     */
    public record BadRow(String file, int line, String key, String found, String expected) {
        /** Such as {@code replies.yaml:12: cause: found nothing, expected a value}. */
        @Override
        public String toString() {
            String place = file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ");
            return place + "found " + found + ", expected " + expected;
        }
    }

    /** In the order of the file. */
    public List<BadRow> rows() {
        return rows;
    }
}
