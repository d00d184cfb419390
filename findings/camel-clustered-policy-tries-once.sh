#!/usr/bin/env bash
# A route has Camel's ClusteredRoutePolicy, so that it runs on the node alone that leads. When this node takes the leadership the route cannot start: a
# folder is not mounted yet, a server is away. Two seconds later it could. Camel's health checks look at routes and consumers.
#
# One would guess: the start is tried again, or the node gives the leadership to one that can; and meanwhile health says DOWN.
# Seen: the start is tried once. The node stays the leader, the route stays "Stopped" though nobody stopped it, and health says UP of both, route and
# consumer: the policy has set the route's auto-start to false, and of such a route the checks want nothing. Only the log tells. It starts when the
# leadership is lost and taken again.
# Who leads so must look himself whether his routes run, start them again, or let go of the leadership.
# Versions: Camel 4.18.0 (camel-core, camel-file, camel-health), Java 17. Date: 2026-12-01.
# Needs a JDK and Maven. Ends with 1 when the behaviour has changed.
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
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.cluster.ClusteredRoutePolicy;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.impl.health.RoutesHealthCheckRepository;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;

public class Finding {
    static final String ROUTE = "file:away?startingDirectoryMustExist=true&autoCreate=false&initialDelay=0&delay=100";

    static final String UP = "health {consumer:lane=UP, route:lane=UP}";

    /** A node that leads when it is told so. */
    static class Node extends AbstractCamelClusterService<Node.View> {
        View view;

        @Override
        protected View createView(String namespace) {
            view = new View(this, namespace);
            return view;
        }

        static class View extends AbstractCamelClusterView implements CamelClusterMember {
            volatile boolean leads;

            View(CamelClusterService service, String namespace) {
                super(service, namespace);
            }

            void lead(boolean now) {
                leads = now;
                fireLeadershipChangedEvent(now ? this : null);
            }

            @Override
            public Optional<CamelClusterMember> getLeader() {
                return leads ? Optional.of(this) : Optional.empty();
            }

            @Override
            public CamelClusterMember getLocalMember() {
                return this;
            }

            @Override
            public List<CamelClusterMember> getMembers() {
                return List.of(this);
            }

            @Override
            public boolean isLeader() {
                return leads;
            }

            @Override
            public boolean isLocal() {
                return true;
            }

            @Override
            public String getId() {
                return "node";
            }

            @Override
            protected void doStart() {}

            @Override
            protected void doStop() {}
        }
    }

    static Map<String, String> health(DefaultCamelContext context) {
        Map<String, String> said = new TreeMap<>();
        context.getCamelContextExtension().getContextPlugin(HealthCheckRegistry.class).stream()
                .filter(check -> check.getId().endsWith(":lane"))
                .forEach(check -> said.put(check.getId(), check.call().getState().name()));
        return said;
    }

    static String state(DefaultCamelContext context, Node node) {
        String now = "leads " + node.view.leads + ", route " + context.getRouteController().getRouteStatus("lane")
                + ", health " + health(context);
        System.out.println(now);
        return now;
    }

    public static void main(String[] args) throws Exception {
        boolean asSeen;
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            HealthCheckRegistry registry = context.getCamelContextExtension().getContextPlugin(HealthCheckRegistry.class);
            registry.register(new RoutesHealthCheckRepository());
            registry.register(new ConsumersHealthCheckRepository());
            Node node = new Node();
            context.addService(node);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() throws Exception {
                    from(ROUTE).routeId("lane").routePolicy(ClusteredRoutePolicy.forNamespace("lane")).log("${body}");
                }
            });
            context.start();
            String follows = state(context, node);
            node.view.lead(true);
            String leads = state(context, node);
            Files.createDirectory(Path.of("away"));
            Thread.sleep(10_000); // as long as it may take to try again
            String later = state(context, node);
            node.view.lead(false);
            node.view.lead(true);
            String again = state(context, node);
            asSeen = follows.equals("leads false, route Stopped, " + UP)
                    && leads.equals("leads true, route Stopped, " + UP)
                    && later.equals(leads)
                    && again.equals("leads true, route Started, " + UP);
        }
        System.out.println(asSeen ? "as seen: it leads, its route does not run, and health is content" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Camel $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
