package org.mailchute.tracestore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes away what is old, and what tells of a person. */
final class TraceErasing {
    private static final String ERASED = "(erased)";

    private final Connection connection;

    TraceErasing(Connection connection) {
        this.connection = connection;
    }

    int expire(Instant before, int most) throws SQLException {
        List<String> old = texts(
                "select queue_id from message where received < ? order by received limit ?",
                TraceWriting.time(before),
                most);
        for (String table : List.of("term", "event", "recipient", "message")) {
            each("delete from " + table + " where queue_id = ?", old);
        }
        return old.size();
    }

    /**
     * The address goes wherever it stands; subject and file name of a message that it sent or was sent go with it, since they may speak of
     * the person too.
     */
    int forget(String address) throws SQLException {
        String small = address.toLowerCase(Locale.ROOT);
        List<String> ids = texts("select queue_id from term where word = ?", Terms.cut(small));
        for (String id : ids) {
            change("update message set sender = ? where queue_id = ? and lower(sender) = ?", ERASED, id, small);
            change("update message set name = '', subject = '' where queue_id = ?", id);
            change("delete from recipient where queue_id = ? and lower(address) = ?", id, small);
            eraseFromEvents(Pattern.compile(Pattern.quote(small), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), id);
            findByTheRest(id);
        }
        return ids.size();
    }

    private void eraseFromEvents(Pattern address, String id) throws SQLException {
        for (String event : texts("select id from event where queue_id = ?", id)) {
            for (String column : List.of("recipients", "reply", "reason", "remedy")) {
                String text = texts("select " + column + " from event where id = ?", event)
                        .get(0);
                String without = address.matcher(text).replaceAll(Matcher.quoteReplacement(ERASED));
                change("update event set " + column + " = ? where id = ?", without, event);
            }
        }
    }

    private void findByTheRest(String id) throws SQLException {
        change("delete from term where queue_id = ?", id);
        Terms terms = new Terms().add(id);
        for (String column : List.of("source", "sender", "message_id")) {
            terms.add(texts("select " + column + " from message where queue_id = ?", id));
        }
        terms.add(texts("select address from recipient where queue_id = ?", id));
        for (String word : terms.all()) {
            change("insert into term values (?, ?) on conflict do nothing", word, id);
        }
    }

    private void change(String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < values.length; at++) {
                statement.setString(at + 1, values[at]);
            }
            statement.executeUpdate();
        }
    }

    private void each(String sql, List<String> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (String id : ids) {
                statement.setString(1, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private List<String> texts(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < values.length; at++) {
                statement.setObject(at + 1, values[at]);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }
}
