package org.mailchute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

class NextHopRouteTest extends RouteTestSupport {
    NextHopRouteTest() {
        super("3-next-hop");
    }

    /** The bean that splits. */
    public static final class Recipients {
        public List<String> deliveries() {
            return List.of("relay/connector", "direct-send/own", "later");
        }
    }

    @Override
    void beans(CamelContext context) {
        context.getRegistry().bind("nextHops", new Recipients());
        bind(context, "enqueue", exchange -> {
            String[] way = exchange.getMessage().getBody(String.class).split("/");
            if (way.length == 2) {
                exchange.setProperty("option", way[0]);
                exchange.setProperty("lane", way[1]);
            } else {
                exchange.setProperty("waitsIn", "mailchute.deferred");
            }
        });
        bind(context, "events");
    }

    @Test
    void eachDeliveryGoesToItsLaneOrWaitsAndTheEventComesLast() {
        context().createProducerTemplate().sendBody("direct:next-hop", "a ticket");
        assertThat(queue("mailchute.relay.connector")).containsExactly("relay/connector");
        assertThat(queue("mailchute.direct-send.own")).containsExactly("direct-send/own");
        assertThat(queue("mailchute.deferred")).containsExactly("later");
        assertThat(queue("mailchute.events")).containsExactly("received");
        assertThat(seen).containsExactly("enqueue", "enqueue", "enqueue", "received");
    }
}
