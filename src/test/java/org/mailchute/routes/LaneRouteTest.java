package org.mailchute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

class LaneRouteTest extends RouteTestSupport {
    LaneRouteTest() {
        super("4-lane");
    }

    /** Has an outcome for each recipient. */
    public record Outcome(String kind) {}

    /** Whether a delivery may go now. */
    public static final class Admission {
        public boolean admits(String delivery) {
            return !delivery.equals("not now");
        }
    }

    /** How many may go at once. */
    public static final class Pace {
        public int messages() {
            return 100;
        }
    }

    /** What the next hop said, each recipient once. */
    public static final class Outcomes {
        public List<Outcome> parts(String delivery) {
            return delivery.equals("not now")
                    ? List.of(new Outcome("deferred"))
                    : List.of(new Outcome("accepted"), new Outcome("deferred"), new Outcome("rejected"));
        }
    }

    @Override
    String ends() {
        return "(smtp|direct):.*";
    }

    @Override
    void beans(CamelContext context) {
        bind(context, "checkOut");
        bind(context, "compose");
        context.getRegistry().bind("admission", new Admission());
        context.getRegistry().bind("pace-own", new Pace());
        context.getRegistry().bind("lane-own", new DefaultJavaMailSender());
        context.getRegistry().bind("outcomes", new Outcomes());
    }

    private void lane() throws Exception {
        TemplatedRouteBuilder.builder(context(), "lane")
                .routeId("direct-send-own")
                .parameter("option", "direct-send")
                .parameter("lane", "own")
                .parameter("host", "mx.contoso.example")
                .parameter("port", 25)
                .parameter("sessions", 1)
                .parameter("burstPeriod", 1000)
                .add();
    }

    private void comes(String delivery) throws Exception {
        lane();
        context().createProducerTemplate().sendBody("jms:queue:mailchute.direct-send.own", delivery);
    }

    private void expect(int sent, int accepted, int deferred, int dead) throws Exception {
        getMockEndpoint("mock:smtp:mx.contoso.example:25").expectedMessageCount(sent);
        getMockEndpoint("mock:direct:accepted").expectedMessageCount(accepted);
        getMockEndpoint("mock:direct:deferred").expectedMessageCount(deferred);
        getMockEndpoint("mock:direct:dead-letter").expectedMessageCount(dead);
    }

    @Test
    void whatMayGoIsSentAndEachOutcomeGoesItsWay() throws Exception {
        expect(1, 1, 1, 1);
        comes("a delivery");
        MockEndpoint.assertIsSatisfied(context());
        assertThat(seen).containsExactly("checkOut", "compose");
    }

    @Test
    void whatMayNotGoIsNotSent() throws Exception {
        expect(0, 0, 1, 0);
        comes("not now");
        MockEndpoint.assertIsSatisfied(context());
        assertThat(seen).containsExactly("checkOut");
    }
}
