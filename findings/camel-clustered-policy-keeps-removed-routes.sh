#!/usr/bin/env bash
# An application adds and removes routes while it runs (of route templates, by settings that are read anew), each with a ClusteredRoutePolicy of its own,
# so that it runs on one node of several.
#
# One would guess: of a route that was removed nothing is left, as it is with other routes; the policy counts its routes and lets go of the cluster's view
# with the last one.
# Seen: each policy stays for as long as the context, with its route, the endpoint and all that hangs on them: it is among the context's startup
# listeners, which nobody takes out again, and in its sets of started and stopped routes, from which onRemove takes nothing.
# Versions: Camel 4.18.0 (camel-core), Java 17. Date: 2026-12-01.
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
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.cluster.ClusteredRoutePolicy;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;

public class Finding {
    static final int ROUTES = 20;

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

    /** How many of the routes are there after they were removed. */
    static long kept(DefaultCamelContext context, boolean policy) throws Exception {
        List<WeakReference<Route>> routes = new ArrayList<>();
        for (int number = 1; number <= ROUTES; number++) {
            String id = "lane-" + policy + number;
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() throws Exception {
                    var route = from("direct:" + id).routeId(id);
                    if (policy) {
                        route.routePolicy(ClusteredRoutePolicy.forNamespace(id));
                    }
                    route.log("${body}");
                }
            });
            routes.add(new WeakReference<>(context.getRoute(id)));
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
        }
        long kept = routes.stream().filter(route -> route.get() != null).count();
        System.out.println(ROUTES + " routes removed, " + (policy ? "with" : "without") + " the policy: " + kept + " are kept, the context shows "
                + context.getRoutesSize());
        return kept;
    }

    public static void main(String[] args) throws Exception {
        boolean asSeen;
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addService(new Node());
            context.start();
            asSeen = kept(context, false) <= 1 & kept(context, true) == ROUTES && context.getRoutesSize() == 0;
        }
        System.out.println(asSeen ? "as seen: removed routes are kept by their policies" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Camel $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
