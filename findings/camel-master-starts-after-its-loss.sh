#!/usr/bin/env bash
# A route begins with master:NAME:ENDPOINT, so that it consumes on the node alone that leads. The node leads, and leads no more soon afterwards: the
# process stood still meanwhile, a lease was not renewed, two nodes started at once.
#
# One would guess: a node that has been told that it does not lead consumes nothing until it leads again.
# Seen: the consumer is started a second after the leadership was taken, whatever came between. A loss within that second finds no consumer to
# stop and is forgotten: the consumer starts, without leadership, and runs for as long as the view says nothing new. With a backOffDelay below
# some four seconds a later loss does it too: it stops the consumer, and the next round of that same task starts another.
# Who must never send from two nodes has to ask about the leadership again with each message, where the answer cannot be old.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-master</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.master.MasterComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;

public class Finding {
    /** What any cluster service does: says who leads, and tells when that changes. */
    static class View extends AbstractCamelClusterView implements CamelClusterMember {
        private volatile boolean leads;

        View(CamelClusterService cluster, String namespace) {
            super(cluster, namespace);
        }

        void leads(boolean now) {
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
            return List.of();
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
            return "this node";
        }
    }

    static class Cluster extends AbstractCamelClusterService<View> {
        @Override
        protected View createView(String namespace) {
            return new View(this, namespace);
        }
    }

    /** How often the route ran in a second, two and a half seconds after the loss. */
    static int ranAfterLoss(long lostAfterMillis, long backOffMillis) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Cluster cluster = new Cluster();
            context.addService(cluster);
            context.getComponent("master", MasterComponent.class).setBackOffDelay(backOffMillis);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("master:lane:timer:tick?period=100&delay=0").process(exchange -> ran.incrementAndGet());
                }
            });
            context.start();
            View view = (View) cluster.getView("lane");
            view.leads(true);
            Thread.sleep(lostAfterMillis);
            view.leads(false);
            Thread.sleep(2_500);
            ran.set(0);
            Thread.sleep(1_000);
            System.out.printf("leads for %,d ms, backOffDelay %,d ms: leads now %s, messages in a second afterwards: %s%n",
                    lostAfterMillis, backOffMillis, view.isLeader(), ran.get() > 0 ? "some 10" : "0");
            return ran.get();
        }
    }

    public static void main(String[] args) throws Exception {
        int atOnce = ranAfterLoss(300, 5_000);
        int later = ranAfterLoss(2_000, 5_000);
        int laterAgain = ranAfterLoss(2_000, 1_500);
        boolean asSeen = atOnce > 0 && later == 0 && laterAgain > 0;
        System.out.println(asSeen ? "as seen: it consumes without leadership" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "camel-master $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
