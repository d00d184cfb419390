package org.mailchute.tracestore;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mailchute.database.Postgres;

/**
 * Where and how long the trace is kept.
 *
 * @param keep after this long a message is forgotten; zero for no trace at all
 * @param subjects whether subjects and names of files are kept, and can be searched
 * @param postgres where a PostgreSQL keeps it; empty for a file below home
 */
public record TracePlan(Duration keep, boolean subjects, Optional<Postgres> postgres) {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** A search takes less than a second. */
    static final Duration ANSWER = Duration.ofMinutes(1);

    /** Whether anything is kept. */
    public boolean isOn() {
        return !keep.isZero();
    }

    DataSource database(Path home) {
        return postgres.map(there -> there.source(CONNECT, ANSWER)).orElseGet(() -> below(home));
    }

    /** One process has it at a time; it stays open until it is shut down, and understands PostgreSQL's words. */
    private static JdbcDataSource below(Path home) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + home.resolve("trace").resolve("trace").toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;CACHE_SIZE=4096");
        database.setUser("mailchute");
        return database;
    }
}
