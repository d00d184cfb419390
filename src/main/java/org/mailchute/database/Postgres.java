package org.mailchute.database;

import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailchute.credentials.SecretText;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a PostgreSQL is.
 *
 * @param url as JDBC has it, {@code jdbc:postgresql://host/database} and its parameters
 */
public record Postgres(String url, Optional<String> user, Optional<SecretText> password) {
    /**
     * What opens connections, each for who closes it. Both times are cut to seconds, and at least one.
     *
     * @param connect before it counts as away, so that a database that is not there does not look like one that is slow
     * @param answer before a statement counts as lost
     */
    public DataSource source(Duration connect, Duration answer) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setApplicationName("mailchute");
        database.setConnectTimeout(seconds(connect));
        database.setSocketTimeout(seconds(answer));
        database.setUrl(url);
        user.ifPresent(database::setUser);
        password.map(SecretText::reveal).ifPresent(database::setPassword);
        return database;
    }

    private static int seconds(Duration time) {
        return (int) Math.max(1, time.toSeconds());
    }
}
