package org.mailchute.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements on a connection, which is its caller's to close. */
public record Sql(Connection connection) {
    /** What a row becomes. */
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    public <T> List<T> rows(String sql, List<?> values, Row<T> row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values.toArray());
            List<T> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(row.of(rows));
                }
            }
            return all;
        }
    }

    /** @return how many rows */
    public int change(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** @param values of which a time may be missing */
    public static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int at = 0; at < values.length; at++) {
            if (values[at] == null) {
                statement.setNull(at + 1, Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                statement.setObject(at + 1, values[at]);
            }
        }
    }
}
