#!/usr/bin/env bash
# Camel's health check of consumers (ConsumersHealthCheckRepository) says DOWN of a route that polls a folder or a server and fails with it each time.
# Then the route begins with master:NAME:ENDPOINT, so that one node of several polls; this node is the leader.
#
# One would guess: on the leader the check says what it said before.
# Seen: it says UP, however often the poll fails. The check looks at the route's own consumer, which is now that of master:, and asks it nothing
# about the one behind it. Only the log tells.
# Versions: camel-master, camel-file and camel-health 4.18.0, Java 17. Date: 2026-11-30.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-health</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-master</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;

public class Finding {
    /** Counts polls that failed. */
    static class Failures extends DefaultPollingConsumerPollStrategy {
        final AtomicInteger count = new AtomicInteger();

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) throws Exception {
            count.incrementAndGet();
            return super.rollback(consumer, endpoint, retries, cause);
        }
    }

    public static void main(String[] args) throws Exception {
        Failures plain = new Failures();
        Failures behind = new Failures();
        Map<String, HealthCheck.State> states = new HashMap<>();
        boolean leads;
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            FileLockClusterService cluster = new FileLockClusterService();
            cluster.setRoot("cluster");
            cluster.setAcquireLockInterval(1);
            context.addService(cluster);
            context.getRegistry().bind("plain", plain);
            context.getRegistry().bind("behind", behind);
            HealthCheckRegistry registry = context.getCamelContextExtension().getContextPlugin(HealthCheckRegistry.class);
            registry.register(new ConsumersHealthCheckRepository());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    String away = "file:away?directoryMustExist=true&autoCreate=false&initialDelay=0&delay=200&pollStrategy=";
                    from(away + "#plain").routeId("plain").log("${body}");
                    from("master:lane:" + away + "#behind").routeId("master").log("${body}");
                }
            });
            context.start();
            while (plain.count.get() < 10 || behind.count.get() < 10) {
                Thread.sleep(50);
            }
            leads = cluster.isLeader("lane");
            registry.stream().filter(check -> check.getId().startsWith("consumer:"))
                    .forEach(check -> states.put(check.getId(), check.call().getState()));
            System.out.println("file: " + plain.count + " polls failed, the health check says " + states.get("consumer:plain"));
            System.out.println("master:file, leader " + leads + ": " + behind.count + " polls failed, the health check says "
                    + states.get("consumer:master"));
        }
        boolean asSeen = leads && states.get("consumer:plain") == HealthCheck.State.DOWN
                && states.get("consumer:master") == HealthCheck.State.UP;
        System.out.println(asSeen ? "as seen: behind master: a failing poll is healthy" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "camel-master $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
