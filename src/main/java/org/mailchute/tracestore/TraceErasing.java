package org.mailchute.tracestore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailchute.database.Sql;

/** Takes away what is old, and what tells of a person. */
final class TraceErasing {
    private static final String ERASED = "(erased)";

    private final Sql sql;

    TraceErasing(Connection connection) {
        this.sql = new Sql(connection);
    }

    int expire(Instant before, int most) throws SQLException {
        List<String> old = texts(
                "select queue_id from message where received < ? order by received limit ?",
                TraceWriting.time(before),
                most);
        for (String table : List.of("term", "event", "recipient", "message")) {
            delete(table, old);
        }
        return old.size();
    }

    private void delete(String table, List<String> ids) throws SQLException {
        try (PreparedStatement statement =
                sql.connection().prepareStatement("delete from " + table + " where queue_id = ?")) {
            for (String id : ids) {
                statement.setString(1, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * The address goes wherever it stands; subject and file name of a message that it sent or was sent go with it, since they may speak of
     * the person too.
     */
    TraceStore.Erased forget(String address, String after, int most) throws SQLException {
        String small = address.toLowerCase(Locale.ROOT);
        Pattern anyCase = Pattern.compile(Pattern.quote(small), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        List<String> ids = texts(
                "select queue_id from term where word = ? and queue_id > ? order by queue_id limit ?",
                Terms.cut(small),
                after,
                most);
        for (String id : ids) {
            sql.change("update message set sender = ? where queue_id = ? and lower(sender) = ?", ERASED, id, small);
            sql.change("update message set name = '', subject = '' where queue_id = ?", id);
            sql.change("delete from recipient where queue_id = ? and lower(address) = ?", id, small);
            eraseFromEvents(anyCase, id);
            findByTheRest(id);
        }
        return new TraceStore.Erased(ids.size(), ids.size() < most ? "" : ids.get(most - 1));
    }

    private void eraseFromEvents(Pattern address, String id) throws SQLException {
        List<List<String>> events = sql.rows(
                "select recipients, reply, reason, remedy, id from event where queue_id = ?",
                List.of(id),
                row -> List.of(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
        for (List<String> event : events) {
            Stream<String> without = event.subList(0, 4).stream()
                    .map(text -> address.matcher(text).replaceAll(Matcher.quoteReplacement(ERASED)));
            sql.change(
                    "update event set recipients = ?, reply = ?, reason = ?, remedy = ? where id = ?",
                    Stream.concat(without, Stream.of(event.get(4))).toArray());
        }
    }

    private void findByTheRest(String id) throws SQLException {
        Terms terms = new Terms().add(id);
        sql.rows(
                        "select source, sender, message_id from message where queue_id = ?",
                        List.of(id),
                        row -> List.of(row.getString(1), row.getString(2), row.getString(3)))
                .forEach(terms::add);
        terms.add(texts("select address from recipient where queue_id = ?", id));
        sql.change("delete from term where queue_id = ?", id);
        for (String word : terms.all()) {
            sql.change("insert into term values (?, ?) on conflict do nothing", word, id);
        }
    }

    private List<String> texts(String query, Object... values) throws SQLException {
        return sql.rows(query, List.of(values), row -> row.getString(1));
    }
}
