package org.mailchute.tracestore;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mailchute.credentials.SecretText;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where and how long the trace is kept.
 *
 * @param keep after this long a message is forgotten; zero for no trace at all
 * @param subjects whether subjects and names of files are kept, and can be searched
 * @param postgres where a PostgreSQL keeps it; empty for a file below home
 */
public record TracePlan(Duration keep, boolean subjects, Optional<Postgres> postgres) {
    /** Seconds; a database that is not there must not look like one that is slow. */
    private static final int CONNECT = 10;
    /** Seconds; a search takes less than one. */
    static final int ANSWER = 60;

    /** @param url as JDBC has it, {@code jdbc:postgresql://host/database} and its parameters */
    public record Postgres(String url, Optional<String> user, Optional<SecretText> password) {}

    /** Whether anything is kept. */
    public boolean isOn() {
        return !keep.isZero();
    }

    DataSource database(Path home) {
        return postgres.<DataSource>map(TracePlan::elsewhere).orElseGet(() -> below(home));
    }

    private static PGSimpleDataSource elsewhere(Postgres postgres) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setApplicationName("mailchute");
        database.setConnectTimeout(CONNECT);
        database.setSocketTimeout(ANSWER);
        database.setUrl(postgres.url());
        postgres.user().ifPresent(database::setUser);
        postgres.password().map(SecretText::reveal).ifPresent(database::setPassword);
        return database;
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
