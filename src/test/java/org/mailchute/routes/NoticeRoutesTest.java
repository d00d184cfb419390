package org.mailchute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.Handler;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeRoutesTest extends RouteTestSupport {
    NoticeRoutesTest() {
        super("9-notices", "9-notices-telling", "9-webhook");
    }

    /** What the routes ask of it. */
    public final class Notices {
        public void note(String event) {
            seen.add("note " + event);
        }

        public void tell() {
            seen.add("tell");
        }
    }

    /** Likewise. */
    public final class Post {
        @Handler
        public void post(String json) {
            seen.add("post " + json);
        }
    }

    @Override
    void beans(CamelContext context) {
        context.getRegistry().bind("notices", new Notices());
        context.getRegistry().bind("webhookPost", new Post());
    }

    @ParameterizedTest
    @CsvSource({"notices, note dead", "notices-telling, tell", "webhook, post dead"})
    void eachRouteAsksItsBean(String route, String asked) throws Exception {
        AdviceWith.adviceWith(context(), route, advice -> advice.replaceFromWith("direct:begin"));
        context().getRouteController().startRoute(route);
        context().createProducerTemplate().sendBody("direct:begin", "dead");
        assertThat(seen).containsExactly(asked);
    }
}
