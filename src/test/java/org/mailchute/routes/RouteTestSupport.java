package org.mailchute.routes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.jms.JmsConstants;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Policy;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;

/** Route files with stubs around them: {@code jms:} keeps what it is sent, other ends are mocks. */
abstract class RouteTestSupport extends CamelTestSupport {
    /** What the beans and ends saw, in order. */
    final List<String> seen = new ArrayList<>();

    private final String[] files;

    RouteTestSupport(String... files) {
        this.files = files;
    }

    /** A pattern of Camel's: what it matches gets nothing, and is a {@code mock:}. Asked by Camel's constructor. */
    String ends() {
        return "none";
    }

    /** Beans by the names in the file. */
    abstract void beans(CamelContext context);

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withMockEndpointsAndSkip(ends());
    }

    @Override
    protected CamelContext createCamelContext() {
        CamelContext context = new DefaultCamelContext();
        context.addComponent("jms", new StubComponent());
        beans(context);
        return context;
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() throws Exception {
        List<Resource> resources = Arrays.stream(files)
                .map(file -> Path.of("routes", file + ".camel.yaml").toAbsolutePath())
                .map(file -> PluginHelper.getResourceLoader(context()).resolveResource("file:" + file))
                .toList();
        return PluginHelper.getRoutesLoader(context())
                .findRoutesBuilders(resources)
                .toArray(RoutesBuilder[]::new);
    }

    /** What a queue was sent and nobody took. A {@code toD} of JMS names its queue in a header. */
    final List<String> queue(String name) {
        return context().getComponent("jms", StubComponent.class).getQueues().entrySet().stream()
                .flatMap(queue -> queue.getValue().getQueue().stream()
                        .filter(exchange -> exchange.getMessage()
                                .getHeader(
                                        JmsConstants.JMS_DESTINATION_NAME,
                                        queue.getKey().replaceFirst(".*queue:", ""),
                                        String.class)
                                .equals(name)))
                .map(exchange -> exchange.getMessage().getBody(String.class))
                .toList();
    }

    final void bind(CamelContext context, String name, Processor does) {
        context.getRegistry().bind(name, new Step(name, does));
    }

    final void bind(CamelContext context, String name) {
        bind(context, name, exchange -> {});
    }

    /** A bean with the methods that routes call. */
    public final class Step implements Policy {
        private final String name;
        private final Processor does;

        private Step(String name, Processor does) {
            this.name = name;
            this.does = does;
        }

        @Handler
        public void happens(Exchange exchange) throws Exception {
            seen.add(name);
            does.process(exchange);
        }

        public void received(Exchange exchange) {
            event(exchange, "received");
        }

        public void accepted(Exchange exchange) {
            event(exchange, "accepted");
        }

        public void deferred(Exchange exchange) {
            event(exchange, "deferred");
        }

        public void dead(Exchange exchange) {
            event(exchange, "dead");
        }

        private void event(Exchange exchange, String kind) {
            seen.add(kind);
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setBody(kind);
        }

        @Override
        public void beforeWrap(Route route, NamedNode definition) {
            // nothing to prepare
        }

        @Override
        public Processor wrap(Route route, Processor inside) {
            return exchange -> {
                seen.add(name);
                inside.process(exchange);
            };
        }
    }
}
