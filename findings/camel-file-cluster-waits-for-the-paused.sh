#!/usr/bin/env bash
# Two nodes share a folder for Camel's FileLockClusterService, which makes one of them the leader. The leader notes a heartbeat there; what it is
# told by acquireLockInterval and heartbeatTimeoutMultiplier is how much silence "followers will tolerate before declaring the leader unavailable".
#
# One would guess: when the leader's process is paused (SIGSTOP, a debugger, a frozen container), another node leads after that time.
# Seen: nobody leads for as long as the pause lasts. A follower that finds the heartbeat stale tries to lock the file, and the paused process has the
# lock still: the system gives it up with the process only. After the pause the old leader goes on as if nothing had been. From a leader that
# was killed another takes over, but not at once: only when its heartbeat is stale, though the lock is free.
# Versions: camel-file 4.18.0, Java 17. Date: 2026-11-30.
set -euo pipefail

VERSION=4.18.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-file</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.io.BufferedReader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding {
    static final int INTERVAL_S = 1;
    static final int SILENT_INTERVALS = 2;
    static final int PAUSE_S = 8;

    /** One node, until its standard input ends; says when it leads and when no more. */
    static void node() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot("shared");
        cluster.setAcquireLockInterval(INTERVAL_S);
        cluster.setHeartbeatTimeoutMultiplier(SILENT_INTERVALS);
        context.addService(cluster);
        context.start();
        cluster.getView("lane").addEventListener((CamelClusterEventListener.Leadership) (view, leader) ->
                System.out.println(view.getLocalMember().isLeader() ? "leads" : "follows"));
        System.out.println("up");
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }

    record Node(Process process, BlockingQueue<String> said) {
        static Node started() throws Exception {
            Process process = new ProcessBuilder("java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", "lib/*:.", "Finding", "node")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            BlockingQueue<String> said = new LinkedBlockingQueue<>();
            BufferedReader lines = process.inputReader();
            Thread reader = new Thread(() -> lines.lines().forEach(said::add));
            reader.setDaemon(true);
            reader.start();
            return new Node(process, said);
        }

        boolean saysWithin(int seconds, String awaited) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            String line = "";
            while (line != null && !line.equals(awaited)) {
                line = said.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return line != null;
        }

        void signal(String name) throws Exception {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            node();
        }
        Node first = Node.started();
        boolean leads = first.saysWithin(30, "leads");
        Node second = Node.started();
        try {
            boolean early = !second.saysWithin(30, "up") || second.saysWithin(2, "leads");
            first.signal("STOP");
            boolean tookOver = second.saysWithin(PAUSE_S, "leads");
            first.signal("CONT");
            boolean gaveUp = first.saysWithin(4, "follows");
            first.signal("KILL");
            long killed = System.nanoTime();
            boolean afterDeath = second.saysWithin(15, "leads");
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - killed);
            System.out.println("the first node leads: " + leads + "; the second beside it: " + early);
            System.out.println("the first is paused for " + PAUSE_S + " s, silence is tolerated for " + INTERVAL_S * SILENT_INTERVALS
                    + " s: the second leads: " + tookOver + "; the first gives up when it wakes: " + gaveUp);
            System.out.println("the first is killed: the second leads: " + afterDeath + ", after " + seconds + " s");
            boolean asSeen = leads && !early && !tookOver && !gaveUp && afterDeath;
            System.out.println(asSeen ? "as seen: a paused leader is waited for" : "the behaviour has CHANGED");
            System.exit(asSeen ? 0 : 1);
        } finally {
            first.process().destroyForcibly();
            second.process().destroyForcibly();
        }
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "camel-file $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
