package org.mailchute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

class TraceRoutesTest extends RouteTestSupport {
    TraceRoutesTest() {
        super("9-trace", "9-trace-expiry");
    }

    /** What the routes ask of it. */
    public final class Book {
        public void note(String event) {
            seen.add("note " + event);
        }

        public void expire() {
            seen.add("expire");
        }
    }

    @Override
    void beans(CamelContext context) {
        context.getRegistry().bind("traceBook", new Book());
    }

    private void comes(String route, String event) throws Exception {
        AdviceWith.adviceWith(context(), route, advice -> advice.replaceFromWith("direct:begin"));
        context().getRouteController().startRoute(route);
        context().createProducerTemplate().sendBody("direct:begin", event);
    }

    @Test
    void eachEventIsNoted() throws Exception {
        comes("trace", "accepted");
        assertThat(seen).containsExactly("note accepted");
    }

    @Test
    void whatIsTooOldIsForgotten() throws Exception {
        comes("trace-expiry", "");
        assertThat(seen).containsExactly("expire");
    }
}
