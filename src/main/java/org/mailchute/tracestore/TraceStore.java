package org.mailchute.tracestore;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailchute.trace.DeliveryEvent;

/**
 * The trace: written by one thread, searched by others. Nothing is opened before it is needed.
 *
 * <p>Every method throws {@link SQLException} when the database cannot be reached or does not take or give it.
 */
public final class TraceStore implements AutoCloseable {
    /** Messages that are forgotten in one transaction, so that no reader waits for long. */
    private static final int AT_ONCE = 500;

    private final Database database;
    private final boolean subjects;

    public TraceStore(TracePlan plan, Path home) {
        this.database = new Database(plan, home);
        this.subjects = plan.subjects();
    }

    /**
     * What went wrong, in one line. Of a batch PostgreSQL's driver says before that all values that were to be written, whoever they tell of
     * ({@code findings/pgjdbc-batch-error-says-the-values.sh}).
     */
    public static String why(SQLException e) {
        SQLException next = e.getNextException();
        SQLException reason = e instanceof BatchUpdateException && next != null ? next : e;
        return String.valueOf(reason.getMessage()).lines().findFirst().orElse("");
    }

    /** An event, with what it is known by: the same whenever it comes. */
    public record Told(String id, DeliveryEvent event) {}

    /** All of them, on disk, or none. What was written before changes nothing. */
    public void write(List<Told> events) throws SQLException {
        onDisk(connection -> {
            try (TraceWriting writing = new TraceWriting(connection, subjects)) {
                for (Told told : events) {
                    writing.add(told.id(), told.event());
                }
                writing.send();
            }
            return events.size();
        });
    }

    /** The newest first. */
    public List<TracedMessage> find(TraceQuery query) throws SQLException {
        return ofOneMoment(connection -> new TraceSearch(connection, database.last()).find(query));
    }

    /** What is known of one message, its events in their order. */
    public Optional<TraceStory> story(String queueId) throws SQLException {
        return ofOneMoment(connection -> new TraceSearch(connection, database.last()).story(queueId));
    }

    /**
     * One step of erasing.
     *
     * @param messages how many told of this person
     * @param last queue id of the last of them, where there may be more; else empty
     */
    public record Erased(int messages, String last) {}

    /**
     * Erases a person, in small steps, each of which is done when this returns.
     *
     * @param after what the step before had as its last; at first empty
     */
    public Erased forget(String address, String after) throws SQLException {
        return onDisk(connection -> new TraceErasing(connection).forget(address, after, AT_ONCE));
    }

    /** Forgets what was received before, in small steps. @return how many messages */
    public int expire(Instant before) throws SQLException {
        int all = 0;
        int gone;
        do {
            gone = onDisk(connection -> new TraceErasing(connection).expire(before, AT_ONCE));
            all += gone;
        } while (gone == AT_ONCE);
        return all;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Several questions, between which nothing is written: else a message's head and its events could tell of two moments. */
    private <T> T ofOneMoment(Work<T> work) throws SQLException {
        return inOneTransaction(connection -> {
            connection.setTransactionIsolation(database.ofOneMoment());
            return work.on(connection);
        });
    }

    private <T> T onDisk(Work<T> work) throws SQLException {
        T done = inOneTransaction(connection -> {
            database.bound(connection);
            return work.on(connection);
        });
        database.keep();
        return done;
    }

    private <T> T inOneTransaction(Work<T> work) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try {
                T done = work.on(connection);
                connection.commit();
                return done;
            } catch (SQLException e) {
                undo(connection, e);
                throw e;
            }
        }
    }

    private static void undo(Connection connection, SQLException why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e); // the connection is lost, and what was not committed with it
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
