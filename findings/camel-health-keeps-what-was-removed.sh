#!/usr/bin/env bash
# Camel's health checks look at each route and each consumer: ConsumersHealthCheckRepository and RoutesHealthCheckRepository. An
# application that adds and removes routes while it runs, of route templates for instance, asks for health between.
#
# One would guess: of a route that was removed nothing is left.
# Seen: either repository keeps a check for each that it ever looked at, and with the check the route or consumer, its endpoint, and all that hangs
# on them, though the registry's answer shows none of them any more. Without a repository nothing is kept.
# Versions: camel-health 4.18.0, Java 17. Date: 2026-11-30.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-health</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.impl.health.RoutesHealthCheckRepository;

public class Finding {
    static final int ROUTES = 50;

    static int reachable(String kind) throws Exception {
        List<WeakReference<Object>> gone = new ArrayList<>();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            HealthCheckRegistry registry = context.getCamelContextExtension().getContextPlugin(HealthCheckRegistry.class);
            if (kind.equals("consumers")) {
                registry.register(new ConsumersHealthCheckRepository());
            } else if (kind.equals("routes")) {
                registry.register(new RoutesHealthCheckRepository());
            }
            context.start();
            for (int number = 0; number < ROUTES; number++) {
                String id = "route-" + number;
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("timer:" + id + "?period=100000").routeId(id).to("mock:end");
                    }
                });
                HealthCheckHelper.invoke(context);
                Route route = context.getRoute(id);
                gone.add(new WeakReference<>(route.getConsumer()));
                route = null;
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
                context.removeEndpoints("timer:*");
            }
            for (int i = 0; i < 5; i++) {
                System.gc();
                Thread.sleep(50);
            }
            int reachable = (int) gone.stream().filter(one -> one.get() != null).count();
            System.out.printf("%s: %d routes added and removed, %d answers now, consumers still reachable: %d%n",
                    kind, ROUTES, HealthCheckHelper.invoke(context).size(), reachable);
            return reachable;
        }
    }

    public static void main(String[] args) throws Exception {
        int without = reachable("no check");
        int routes = reachable("routes");
        int consumers = reachable("consumers");
        System.exit(without <= 1 && routes >= ROUTES - 1 && consumers >= ROUTES - 1 ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "camel-health $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -cp 'lib/*:.' Finding
