package org.mailchute.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.mailchute.database.Sql;

/** The tables that all gateways of a home share, in a schema of their own; each statement is a transaction. Safe between threads. */
final class ClusterDatabase implements AutoCloseable {
    private static final String SCHEMA = "mailchute_cluster";
    /** For the lease, and for lanes whose messages begin at the same moment. */
    private static final int CONNECTIONS = 4;

    private final HikariDataSource source;

    /** Nothing is asked yet. */
    ClusterDatabase(ClusterPlan plan) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("mailchute-cluster");
        config.setDataSource(plan.database().source(plan.renewal(), plan.renewal()));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(250, plan.renewal().toMillis()));
        config.setValidationTimeout(Math.max(250, plan.renewal().toMillis()));
        config.setInitializationFailTimeout(-1); // it may be away at the start
        config.setConnectionInitSql(begins(plan.renewal().toMillis()));
        source = new HikariDataSource(config);
    }

    /** A gateway that vanishes in the midst of a transaction holds no row for longer, which others would wait for. */
    private static String begins(long most) {
        return "set search_path to %s; set statement_timeout to %d; set idle_in_transaction_session_timeout to %d"
                .formatted(SCHEMA, most, most / 2);
    }

    /** What is done on a connection. */
    interface Work<T> {
        T on(Sql sql) throws SQLException;
    }

    /**
     * Makes the tables, or brings them up to date.
     *
     * @throws SQLException when it is away, or does not let us
     */
    void migrate() throws SQLException {
        source.getConnection().close(); // of one that is away Flyway would tell in many lines
        try {
            Flyway.configure(ClusterDatabase.class.getClassLoader())
                    .dataSource(source)
                    .schemas(SCHEMA)
                    .locations("classpath:org/mailchute/cluster")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SQLException("its tables cannot be made or changed: " + e.getMessage(), e);
        }
    }

    /** One statement, which is a transaction. */
    <T> T ask(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return work.on(new Sql(connection));
        }
    }

    /** Several statements in one transaction. */
    <T> T transact(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            T done = work.on(new Sql(connection));
            connection.commit();
            return done; // what is not committed the pool rolls back
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
