#!/usr/bin/env bash
# A route begins with master:NAME:ENDPOINT. When its node becomes the leader, the endpoint's consumer is started; what is behind it may be away just
# then: a folder that is not mounted yet, a server that starts too, a network that was the reason why the leadership came. The component has
# options for that: backOffMaxAttempts, 10 unless told otherwise, and backOffDelay, 5 seconds.
#
# One would guess: ten attempts, five seconds apart.
# Seen: one. The attempts end five seconds after the leadership was taken too, which no option says, and the second would be at six. The node stays
# the leader, so that no other tries; the route is "Started", and nothing is consumed until the leadership changes. A shorter delay gives more
# attempts within those five seconds, and none after them.
# Versions: camel-master 4.18.0, Java 17. Date: 2026-11-30.
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
import org.apache.camel.component.master.MasterComponent;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding {
    /** Whether a file is consumed from a folder that comes so long after the leadership. */
    static boolean consumed(long awayMillis, long backOffMillis, long waitMillis) throws Exception {
        Path folder = Path.of("mounted-" + awayMillis + "-" + backOffMillis);
        CountDownLatch consumed = new CountDownLatch(1);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            FileLockClusterService cluster = new FileLockClusterService();
            cluster.setRoot("cluster-" + awayMillis + "-" + backOffMillis);
            cluster.setAcquireLockInterval(1);
            context.addService(cluster);
            context.getComponent("master", MasterComponent.class).setBackOffDelay(backOffMillis);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("master:lane:file:" + folder + "?autoCreate=false&startingDirectoryMustExist=true&initialDelay=0&delay=200")
                            .routeId("lane").process(exchange -> consumed.countDown());
                }
            });
            context.start();
            while (!cluster.isLeader("lane")) {
                Thread.sleep(10);
            }
            Thread.sleep(awayMillis);
            Files.createDirectory(folder);
            Files.writeString(folder.resolve("scan.txt"), "scan");
            boolean came = consumed.await(waitMillis, TimeUnit.MILLISECONDS);
            System.out.printf("backOffDelay %,d ms, the folder comes after %,d ms: consumed %s; leads %s, route %s%n", backOffMillis,
                    awayMillis, came, cluster.isLeader("lane"), context.getRouteController().getRouteStatus("lane"));
            return came;
        }
    }

    public static void main(String[] args) throws Exception {
        boolean beside = consumed(0, 5_000, 4_000);
        boolean second = consumed(2_500, 5_000, 6_000);
        boolean within = consumed(2_500, 1_000, 4_000);
        boolean after = consumed(6_000, 1_000, 4_000);
        boolean asSeen = beside && !second && within && !after;
        System.out.println(asSeen ? "as seen: after five seconds nobody tries any more" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "camel-master $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
