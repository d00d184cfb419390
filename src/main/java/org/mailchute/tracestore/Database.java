package org.mailchute.tracestore;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.engine.Constants;
import org.mailchute.database.Sql;
import org.mailchute.database.Tables;

/** Connections to the database, whose tables are made or brought up to date before the first. */
final class Database implements AutoCloseable {
    private final DataSource source;
    private final boolean ours;
    private boolean ready;

    Database(TracePlan plan, Path home) {
        source = plan.database(home);
        ours = plan.postgres().isEmpty();
    }

    /**
     * A new one, for who closes it.
     *
     * @throws SQLException when the database cannot be reached, or its tables are not as they must be
     */
    Connection connect() throws SQLException {
        migrate();
        return source.getConnection();
    }

    /** The isolation in which all questions of a transaction see one moment: of H2's repeatable read each table has its own (2.4). */
    int ofOneMoment() {
        return ours ? Constants.TRANSACTION_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ;
    }

    /**
     * What follows each text that begins with the one before it: H2 orders by UTF-16, as Java does, PostgreSQL by UTF-8
     * ({@code findings/h2-and-postgresql-end-with-different-characters.sh}).
     */
    String last() {
        return ours ? "\uFFFF" : Character.toString(Character.MAX_CODE_POINT);
    }

    private synchronized void migrate() throws SQLException {
        if (ready) {
            return;
        }
        look(); // of one that is away Flyway would tell in many lines
        Tables.migrate(Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:org/mailchute/tracestore")
                // by octets, so that an index finds the words that begin with a word
                .placeholders(Map.of("order", ours ? "" : "collate \"C\"")));
        ready = true;
    }

    /** Without a schema Flyway makes one that is called as the whole search path ({@code findings/flyway-makes-a-schema-of-the-search-path.sh}). */
    private void look() throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (connection.getSchema() == null) {
                throw new SQLException(
                        "its user has no schema: of its search_path none is there, or none that it may use;"
                                + " make one of its own, create schema authorization "
                                + connection.getMetaData().getUserName());
            }
        }
    }

    /**
     * In the transaction that it is called in: where the way breaks without a word PostgreSQL ends it after as long as we wait for an answer. Else what
     * it wrote holds up whoever writes it again, for hours ({@code findings/postgresql-on-conflict-waits-for-the-gone.sh}).
     */
    void bound(Connection connection) throws SQLException {
        if (!ours) {
            new Sql(connection)
                    .change("set local idle_in_transaction_session_timeout = '" + TracePlan.ANSWER.toSeconds() + "s'");
        }
    }

    /**
     * What was committed is on the disk when this returns, as it is by PostgreSQL's commit: H2's stays in memory for up to half a second
     * (2.4.240, {@code findings/h2-commit-ends-with-its-process.sh}).
     */
    void keep() throws SQLException {
        if (ours) {
            say("CHECKPOINT SYNC");
        }
    }

    /** Ours is written out; it can be opened by the next process then. */
    @Override
    public synchronized void close() throws SQLException {
        if (ready && ours) {
            say("SHUTDOWN");
        }
    }

    private void say(String what) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(what);
        }
    }
}
