#!/usr/bin/env bash
# A message's head lies in one table and its events in another; a reader asks for both in one transaction with the isolation REPEATABLE READ,
# while a writer changes both in one transaction.
#
# One would guess, as it is in PostgreSQL and MariaDB: the first question of the reader's transaction fixes what it sees, in all tables.
# Seen: each table is fixed when it is asked for the first time, so that the reader gets the head from before and the events from after, though
# the writer changed both at once. H2's own level SNAPSHOT fixes all tables with the first question; JDBC has no name for it (its number is 6).
# Versions: h2 2.4.240, Java 17. Date: 2026-11-30.
set -euo pipefail

VERSION=2.4.240
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=com.h2database:h2:$VERSION -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

public class Finding {
    static final String FILE = "jdbc:h2:file:" + Path.of("trace").toAbsolutePath();

    static Connection transaction(int isolation) throws SQLException {
        Connection connection = DriverManager.getConnection(FILE);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        return connection;
    }

    static int ask(Connection connection, String table) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("select step from " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** @return what the reader's second question sees */
    static int second(int isolation, int step) throws SQLException {
        try (Connection reader = transaction(isolation);
                Connection writer = transaction(Connection.TRANSACTION_READ_COMMITTED)) {
            int head = ask(reader, "head");
            writer.createStatement().executeUpdate("update head set step = " + step);
            writer.createStatement().executeUpdate("update event set step = " + step);
            writer.commit();
            int event = ask(reader, "event");
            System.out.printf("isolation %d: head of step %d, event of step %d, head again %d%n",
                    isolation, head, event, ask(reader, "head"));
            return event;
        }
    }

    public static void main(String[] args) throws Exception {
        try (Connection keep = DriverManager.getConnection(FILE)) {
            keep.createStatement().execute("create table head(step int); create table event(step int);"
                    + "insert into head values(0); insert into event values(0)");
            boolean same = second(Connection.TRANSACTION_REPEATABLE_READ, 1) == 1;
            same &= second(6, 2) == 1;
            System.exit(same ? 0 : 1);
        }
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "h2 $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -cp 'lib/*:.' Finding
