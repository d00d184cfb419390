package org.mailchute.database;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Tables that are made, or brought up to date from version to version. */
public final class Tables {
    private Tables() {}

    /**
     * Runs the scripts that are missing.
     *
     * @throws SQLException when one cannot be run, with what the database said
     */
    public static void migrate(FluentConfiguration scripts) throws SQLException {
        try {
            scripts.load().migrate();
        } catch (FlywayException e) {
            throw new SQLException("its tables cannot be made or changed: " + reason(e), e);
        }
    }

    /** Flyway's own first line says which script it was, and of what it misses in the database nothing yet. */
    private static String reason(FlywayException e) {
        return e.getCause() instanceof SQLException cause
                ? String.valueOf(cause.getMessage())
                : String.valueOf(e.getMessage()).replaceAll("\\R", " ");
    }
}
