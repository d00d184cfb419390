package org.mailchute.tracestore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailchute.database.Sql;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.tracestore.TraceQuery.Outcome;

/** Events on their way into one transaction, each statement many at a time. */
final class TraceWriting implements AutoCloseable {
    private static final int LONG_TEXT = 4_000;
    private static final int ALL_RECIPIENTS = 20_000;
    private static final int NAME = 1_000;
    private static final int ADDRESS = 400;
    private static final int LABEL = 100;

    private final List<PreparedStatement> all = new ArrayList<>();
    private final boolean subjects;
    private final PreparedStatement message;
    private final PreparedStatement recipient;
    private final PreparedStatement outcome;
    private final PreparedStatement event;
    private final PreparedStatement term;

    TraceWriting(Connection connection, boolean subjects) throws SQLException {
        this.subjects = subjects;
        message = prepare(connection, "insert into message values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing");
        recipient = prepare(connection, "insert into recipient values (?, ?, ?, ?, ?) on conflict do nothing");
        // what comes again, or late, is older than what is known
        outcome = prepare(
                connection,
                "update recipient set outcome = ?, lane = ?, since = ? where queue_id = ? and address = ? and since < ?");
        event = prepare(
                connection, "insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing");
        term = prepare(connection, "insert into term values (?, ?) on conflict do nothing");
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        all.add(statement);
        return statement;
    }

    /** What is about no message, such as a lane, is left to the log. */
    void add(String id, DeliveryEvent told) throws SQLException {
        if (told.queueId().isEmpty()) {
            return;
        }
        message(told);
        switch (told.kind()) {
            case RECEIVED -> received(told, Outcome.WAITING);
            case REFUSED -> received(told, Outcome.REFUSED);
            case ACCEPTED -> outcome(told, Outcome.ACCEPTED);
            case DEFERRED -> outcome(told, Outcome.DEFERRED);
            case DEAD -> outcome(told, Outcome.DEAD);
            case REPLAYED -> {
                outcome(told, Outcome.WAITING);
                words(told, new Terms()); // to a corrected address perhaps
            }
            case DROPPED -> outcome(told, Outcome.DROPPED);
            default -> {
                // changes nothing of what has become of it
            }
        }
        happened(id, told);
    }

    /** Known from its first event on: what was on its way when the trace was turned on has another than that it was received. */
    private void message(DeliveryEvent told) throws SQLException {
        batch(
                message,
                told.queueId(),
                text(told.messageId(), NAME),
                text(told.source(), 2 * LABEL),
                text(subjects ? told.name() : "", NAME),
                text(subjects ? told.subject() : "", NAME),
                text(told.from(), ADDRESS),
                told.bytes(),
                time(told.time()),
                told.pages());
    }

    private void received(DeliveryEvent told, Outcome first) throws SQLException {
        // a refused one may be for nobody
        outcome(told, told.recipients().isEmpty() ? List.of("") : told.recipients(), first);
        Terms terms = new Terms()
                .add(told.queueId())
                .add(told.source())
                .add(told.from())
                .add(told.messageId())
                .add(subjects ? told.name() : "")
                .add(subjects ? told.subject() : "");
        words(told, terms);
    }

    private void words(DeliveryEvent told, Terms terms) throws SQLException {
        // in one order for all, so that two writers never wait for each other
        List<String> words = terms.add(told.recipients()).all().stream()
                .map(word -> text(word, LABEL))
                .sorted(Comparator.naturalOrder())
                .toList();
        for (String word : words) {
            batch(term, word, told.queueId());
        }
    }

    private void outcome(DeliveryEvent told, Outcome now) throws SQLException {
        outcome(told, told.recipients(), now);
    }

    private void outcome(DeliveryEvent told, List<String> recipients, Outcome now) throws SQLException {
        OffsetDateTime since = time(told.time());
        String lane = text(told.lane(), LABEL);
        for (String whole : recipients) {
            String address = text(whole, ADDRESS);
            batch(recipient, told.queueId(), address, now.name(), lane, since);
            batch(outcome, now.name(), lane, since, told.queueId(), address, since);
        }
    }

    private void happened(String id, DeliveryEvent told) throws SQLException {
        long took = told.timing().map(timing -> timing.took().toMillis()).orElse(0L);
        batch(
                event,
                id,
                told.queueId(),
                time(told.time()),
                told.kind().name(),
                text(told.lane(), LABEL),
                text(told.option(), LABEL),
                text(String.join(" ", told.recipients()), ALL_RECIPIENTS),
                told.attempt(),
                took,
                text(told.reply(), LONG_TEXT),
                text(told.reason(), LONG_TEXT),
                text(told.remedy(), LONG_TEXT),
                told.next().map(TraceWriting::time).orElse(null));
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** PostgreSQL has no NUL in its texts, and no half of a character. */
    private static String text(String text, int most) {
        String whole = text.replace("\0", "");
        if (whole.length() <= most) {
            return whole;
        }
        return whole.substring(0, Character.isHighSurrogate(whole.charAt(most - 1)) ? most - 1 : most);
    }

    private static void batch(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        Sql.bind(statement, values);
        statement.addBatch();
    }

    void send() throws SQLException {
        for (PreparedStatement statement : all) {
            statement.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : all) {
            statement.close();
        }
    }
}
