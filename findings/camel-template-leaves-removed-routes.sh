#!/usr/bin/env bash
# An application adds and removes routes while it runs, and hands messages to them (direct:…) by a ProducerTemplate of its own for each, which it drops
# together with the route: nothing refers to it any more.
#
# One would guess: the template is nobody's, and is collected with all that it used; and of a route that was removed nothing is left, as it is where
# nobody sent to it.
# Seen: the template is collected, but the producer that it used stays among the context's services for as long as the context lives, and by it the endpoint's
# consumer, the route that was removed, and all that hangs on its steps. The same route added and removed without a message is collected. A template
# that is stopped (or closed, it is a Service) takes its producers along. One that many routes share keeps a producer for each, until it is stopped.
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
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding {
    static final int MANY = 5;

    /** How a message is handed to a route. */
    interface Sender {
        WeakReference<ProducerTemplate> send(DefaultCamelContext context, String to) throws Exception;
    }

    static WeakReference<ProducerTemplate> nobody(DefaultCamelContext context, String to) {
        return new WeakReference<>(null);
    }

    static WeakReference<ProducerTemplate> dropped(DefaultCamelContext context, String to) {
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody(to, "message");
        return new WeakReference<>(template);
    }

    static WeakReference<ProducerTemplate> closed(DefaultCamelContext context, String to) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBody(to, "message");
            return new WeakReference<>(template);
        }
    }

    /** Of what a route does. */
    static WeakReference<Processor> add(DefaultCamelContext context, String name) throws Exception {
        Processor step = new Processor() {
            @Override
            public void process(org.apache.camel.Exchange exchange) {
                // takes it
            }
        };
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + name).routeId(name).process(step);
            }
        });
        return new WeakReference<>(step);
    }

    static <T> long left(List<WeakReference<T>> all) {
        return all.stream().map(WeakReference::get).filter(one -> one != null).count();
    }

    static String trial(String what, Sender sender) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            List<WeakReference<Processor>> steps = new ArrayList<>();
            List<WeakReference<ProducerTemplate>> templates = new ArrayList<>();
            for (int each = 0; each < MANY; each++) {
                String name = "route" + each;
                steps.add(add(context, name));
                templates.add(sender.send(context, "direct:" + name));
                context.getRouteController().stopRoute(name);
                context.removeRoute(name);
            }
            for (int look = 0; look < 20 && left(steps) + left(templates) > 0; look++) {
                System.gc();
                Thread.sleep(50);
            }
            String seen = "of " + MANY + " removed routes " + left(steps) + " are left, and " + left(templates) + " templates";
            System.out.println(what + ": " + seen + "; the context has " + context.getRoutes().size() + " routes");
            return seen;
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.println("Camel " + new DefaultCamelContext().getVersion());
        String nothing = "of 5 removed routes 0 are left, and 0 templates";
        boolean asSeen = trial("no message", Finding::nobody).equals(nothing)
                & trial("a template that is dropped", Finding::dropped).equals("of 5 removed routes 5 are left, and 0 templates")
                & trial("a template that is closed", Finding::closed).equals(nothing);
        System.out.println(asSeen ? "as seen: a template that is gone leaves the routes that it sent to" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp 'lib/*:.' Finding
