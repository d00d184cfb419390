package org.mailchute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.mailchute.intake.Refused;

class AcceptRouteTest extends RouteTestSupport {
    AcceptRouteTest() {
        super("0-error-policy", "2-accept");
    }

    @Override
    String ends() {
        return "direct:next-hop";
    }

    @Override
    void beans(CamelContext context) {
        bind(context, "makeTicket");
        bind(context, "accept", exchange -> {
            if ("nothing of ours".equals(exchange.getMessage().getBody())) {
                throw new Refused("nothing of ours", "send something else");
            }
        });
        bind(context, "keep");
        bind(context, "brokerTransaction");
        bind(context, "refuse", exchange -> exchange.getMessage().setBody("refused"));
        bind(context, "repetition");
        bind(context, "alreadyEnqueued");
    }

    @Test
    void aTicketIsKeptBeforeTheBrokersTransactionBegins() throws Exception {
        getMockEndpoint("mock:direct:next-hop").expectedBodiesReceived("a scan");
        context().createProducerTemplate().sendBody("direct:accept", "a scan");
        getMockEndpoint("mock:direct:next-hop").assertIsSatisfied();
        assertThat(seen).containsExactly("makeTicket", "accept", "keep", "brokerTransaction");
    }

    @Test
    void whatIsRefusedIsToldAndNotKept() throws Exception {
        getMockEndpoint("mock:direct:next-hop").expectedMessageCount(0);
        context().createProducerTemplate().sendBody("direct:accept", "nothing of ours");
        getMockEndpoint("mock:direct:next-hop").assertIsSatisfied();
        assertThat(seen).containsExactly("makeTicket", "accept", "refuse");
        assertThat(queue("mailchute.events")).containsExactly("refused");
    }
}
