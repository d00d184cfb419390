package org.mailchute.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.mailchute.database.Sql;
import org.mailchute.database.Tables;
import org.postgresql.util.PSQLState;

/** The tables that all gateways of a home share, in a schema of their own; each statement is a transaction. Safe between threads. */
final class ClusterDatabase implements AutoCloseable {
    private static final String SCHEMA = "mailchute_cluster";
    /** For the lease, and for lanes whose messages begin at the same moment. */
    private static final int CONNECTIONS = 4;

    /** A script of the tables may take so long; a question of a lease may not. */
    private static final Duration SCRIPT = Duration.ofMinutes(1);

    /** The server's code for a statement that would write. */
    private static final String READ_ONLY = "25006";

    private final ClusterPlan plan;
    private final HikariDataSource source;

    /** Nothing is asked yet. */
    ClusterDatabase(ClusterPlan plan) {
        this.plan = plan;
        this.source = pool(plan.renewal(), plan.renewal().dividedBy(2));
    }

    /**
     * @param answer before a statement counts as lost
     * @param idle for no longer a gateway that vanishes in the midst of a transaction holds a row, which others would wait for
     */
    private HikariDataSource pool(Duration answer, Duration idle) {
        long patience = plan.renewal().toMillis();
        HikariConfig config = new HikariConfig();
        config.setPoolName("mailchute-cluster");
        config.setDataSource(plan.database().source(plan.renewal(), answer));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(250, patience));
        config.setValidationTimeout(Math.max(250, patience / (2 * CONNECTIONS)));
        config.setInitializationFailTimeout(-1); // it may be away at the start
        config.setConnectionInitSql(
                "set search_path to %s; set statement_timeout to %d; set idle_in_transaction_session_timeout to %d"
                        .formatted(SCHEMA, answer.toMillis(), idle.toMillis()));
        return new HikariDataSource(config);
    }

    /** What is done on a connection. */
    interface Work<T> {
        T on(Sql sql) throws SQLException;
    }

    /**
     * Makes the tables, or brings them up to date. While a script runs Flyway's lock is a transaction that is idle
     * ({@code findings/flyway-locks-by-an-idle-transaction.sh}).
     *
     * @throws SQLException when it is away, or does not let us
     */
    void migrate() throws SQLException {
        source.getConnection().close(); // of one that is away Flyway would tell in many lines
        try (HikariDataSource making = pool(SCRIPT, SCRIPT)) {
            Tables.migrate(Flyway.configure(ClusterDatabase.class.getClassLoader())
                    .dataSource(making)
                    .schemas(SCHEMA)
                    .locations("classpath:org/mailchute/cluster"));
        }
    }

    /** One statement, which is a transaction. */
    <T> T ask(Work<T> work) throws SQLException {
        return on(connection -> work.on(new Sql(connection)));
    }

    /** Several statements in one transaction. */
    <T> T transact(Work<T> work) throws SQLException {
        return on(connection -> {
            connection.setAutoCommit(false);
            T done = work.on(new Sql(connection));
            connection.commit();
            return done; // what is not committed the pool rolls back
        });
    }

    private interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T on(Use<T> use) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return use.of(connection);
        } catch (SQLException e) {
            forgetWhereLost(e);
            throw e;
        }
    }

    /**
     * What broke one connection in silence broke the others, which the pool would try one by one before it gives a new one
     * ({@code findings/hikaricp-tries-the-dead-one-by-one.sh}); and one that began while nothing could be written stays so for as long as
     * it lasts ({@code findings/hikaricp-keeps-what-may-only-read.sh}).
     */
    private void forgetWhereLost(SQLException e) {
        boolean lost = e instanceof SQLTransientConnectionException
                || PSQLState.isConnectionError(e.getSQLState())
                || READ_ONLY.equals(e.getSQLState());
        if (lost && !source.isClosed()) {
            source.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** For people. The pool's own words are how long it waited; why is below them. */
    static String silence(SQLException e) {
        Throwable why = e;
        while (why.getCause() != null) {
            why = why.getCause();
        }
        return "the cluster's database does not answer (" + why.getMessage() + ")";
    }

    @Override
    public void close() {
        source.close();
    }
}
