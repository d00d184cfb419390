package org.mailchute.tracestore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailchute.database.Sql;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.tracestore.TraceStory.TracedEvent;
import org.mailchute.tracestore.TracedMessage.TracedRecipient;

/** Reads the trace. */
final class TraceSearch {
    private static final int FEW = 2_000;

    private final Sql sql;
    private final String last;

    /** @param last of all characters, in the order of the database */
    TraceSearch(Connection connection, String last) {
        this.sql = new Sql(connection);
        this.last = last;
    }

    List<TracedMessage> find(TraceQuery query) throws SQLException {
        List<Object> values = new ArrayList<>();
        StringBuilder question = new StringBuilder("select * from message m where m.received >= ? and m.received < ?");
        values.add(TraceWriting.time(query.since()));
        values.add(TraceWriting.time(query.until()));
        for (String word : Terms.sought(query.words())) {
            having("term x where x.word >= ? and x.word < ?", List.of(word, word + last), question, values);
        }
        if (query.outcome().isPresent()) {
            having(
                    "recipient x where x.outcome = ?",
                    List.of(query.outcome().get().name()),
                    question,
                    values);
        }
        question.append(" order by m.received desc, m.queue_id desc limit ?");
        values.add(query.most());
        return messages(question.toString(), values);
    }

    /** What few messages have leads to them; of what many have it is asked at each, the newest first, since the first will do. */
    private void having(String what, List<Object> asked, StringBuilder question, List<Object> values)
            throws SQLException {
        List<Integer> found = sql.rows(
                "select count(*) from (select 1 from " + what + " limit " + (FEW + 1) + ") found",
                asked,
                row -> row.getInt(1));
        question.append(
                found.get(0) <= FEW
                        ? " and m.queue_id in (select x.queue_id from " + what + ")"
                        : " and exists (select 1 from " + what + " and x.queue_id = m.queue_id)");
        values.addAll(asked);
    }

    Optional<TraceStory> story(String queueId) throws SQLException {
        List<TracedMessage> found = messages("select * from message where queue_id = ?", List.of(queueId));
        List<TracedEvent> events = sql.rows(
                "select * from event where queue_id = ? order by happened, id", List.of(queueId), TraceSearch::event);
        return found.stream().findFirst().map(message -> new TraceStory(message, events));
    }

    private List<TracedMessage> messages(String query, List<Object> values) throws SQLException {
        List<TracedMessage> bare = sql.rows(query, values, TraceSearch::message);
        Map<String, List<TracedRecipient>> recipients = recipients(bare);
        return bare.stream()
                .map(message -> message.with(recipients.getOrDefault(message.queueId(), List.of())))
                .toList();
    }

    /** Of each message, by its queue id. */
    private Map<String, List<TracedRecipient>> recipients(List<TracedMessage> messages) throws SQLException {
        Object[] ids = messages.stream().map(TracedMessage::queueId).toArray();
        return sql
                .rows(
                        "select * from recipient where queue_id = any (?) order by address",
                        List.of(sql.connection().createArrayOf("varchar", ids)),
                        row -> Map.entry(row.getString("queue_id"), recipient(row)))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static TracedMessage message(ResultSet row) throws SQLException {
        return new TracedMessage(
                row.getString("queue_id"),
                row.getString("message_id"),
                row.getString("source"),
                row.getString("name"),
                row.getString("subject"),
                row.getString("sender"),
                row.getLong("bytes"),
                time(row, "received"),
                row.getInt("pages"),
                List.of());
    }

    private static TracedRecipient recipient(ResultSet row) throws SQLException {
        return new TracedRecipient(
                row.getString("address"),
                TraceQuery.Outcome.valueOf(row.getString("outcome")),
                row.getString("lane"),
                time(row, "since"));
    }

    private static TracedEvent event(ResultSet row) throws SQLException {
        return new TracedEvent(
                time(row, "happened"),
                Kind.valueOf(row.getString("kind")),
                row.getString("lane"),
                row.getString("sent_by"),
                row.getString("recipients"),
                row.getInt("attempt"),
                row.getLong("took"),
                row.getString("reply"),
                row.getString("reason"),
                row.getString("remedy"),
                Optional.ofNullable(row.getObject("next_try", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
