#!/usr/bin/env bash
# A route begins with master:NAME:file:… on two nodes, so that one of them reads the folder. Its node is stopped for an upgrade, or loses the
# leadership, while a file is under way.
#
# One would guess, as it is with the route from("file:…"): what is under way ends, no more is begun, and then the other node may lead.
# Seen: the thread that has the file under way is interrupted at once, which breaks off waits, locks and channels of files; so too when the route or
# the context is stopped in peace, with minutes of time-out. (The consumer of master: cannot be suspended, so the orderly stop shuts it down first,
# the pool of its threads with it, and waits afterwards.) With the timer component nobody is interrupted, and the work goes on after the
# leadership was given away, beside the next leader's.
# Versions: camel-master 4.18.0, camel-file 4.18.0, Java 17. Date: 2026-11-30.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-master</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding {
    static final long WORK_MS = 2_500;

    /** Work on one message, and how it ended. */
    static class Work {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);
        volatile boolean interrupted;

        void run() {
            begun.countDown();
            try {
                Thread.sleep(WORK_MS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            ended.countDown();
        }
    }

    interface Deed {
        void on(DefaultCamelContext context) throws Exception;
    }

    /** What became of the work when the deed is done in its midst. */
    static String run(String from, Deed deed) throws Exception {
        Work work = new Work();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            FileLockClusterService cluster = new FileLockClusterService();
            cluster.setRoot("cluster");
            cluster.setAcquireLockInterval(1);
            context.addService(cluster);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(from).routeId("lane").process(exchange -> work.run());
                }
            });
            context.start();
            work.begun.await();
            deed.on(context);
            String then = work.ended.getCount() == 0 ? (work.interrupted ? "interrupted" : "through") : "still under way";
            work.ended.await(2 * WORK_MS, TimeUnit.MILLISECONDS);
            return then + (then.startsWith("still") ? work.interrupted ? ", then interrupted" : ", then through" : "");
        }
    }

    /** As when the shared folder was put back from yesterday's copy: the lock's file is another one, or none. */
    static void lose(DefaultCamelContext context) throws Exception {
        FileLockClusterService cluster = context.hasService(FileLockClusterService.class);
        Files.delete(Path.of("cluster", "lane"));
        while (cluster.isLeader("lane")) {
            Thread.sleep(5);
        }
        Thread.sleep(300);
    }

    public static void main(String[] args) throws Exception {
        String files = "file:in?initialDelay=0&noop=true&idempotent=false";
        Files.createDirectory(Path.of("in"));
        Files.writeString(Path.of("in", "scan.txt"), "scan");
        String stopped = run(files, context -> context.getRouteController().stopRoute("lane"));
        System.out.println("file, its route is stopped: the work is " + stopped);
        String masterStopped = run("master:lane:" + files, context -> context.getRouteController().stopRoute("lane"));
        System.out.println("master:file, its route is stopped: the work is " + masterStopped);
        String lost = run("master:lane:" + files, Finding::lose);
        System.out.println("master:file, the leadership is lost: the work is " + lost);
        String timer = run("master:lane:timer:once?repeatCount=1&delay=0", Finding::lose);
        System.out.println("master:timer, the leadership is lost: the work is " + timer);
        boolean asSeen = stopped.equals("through") && masterStopped.equals("interrupted")
                && lost.equals("interrupted") && timer.equals("still under way, then through");
        System.out.println(asSeen ? "as seen: neither a stop nor a loss waits for what is under way" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "camel-master $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
