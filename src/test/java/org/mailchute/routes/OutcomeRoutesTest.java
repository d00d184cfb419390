package org.mailchute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** 5-accepted, 6-deferred and 7-dead-letter. */
class OutcomeRoutesTest extends RouteTestSupport {
    OutcomeRoutesTest() {
        super("5-accepted", "6-deferred", "7-dead-letter");
    }

    @Override
    void beans(CamelContext context) {
        bind(context, "events");
        bind(context, "schedule", exchange -> exchange.setProperty("waitsIn", "mailchute.waiting.own"));
        bind(context, "deadLetters", exchange -> exchange.getMessage().setBody("a letter"));
    }

    @Test
    void whatIsAcceptedIsToldAndNoMore() {
        context().createProducerTemplate().sendBody("direct:accepted", "a part");
        assertThat(queue("mailchute.events")).containsExactly("accepted");
        assertThat(seen).containsExactly("accepted");
    }

    @Test
    void whatIsDeferredWaitsBeforeItIsTold() {
        context().createProducerTemplate().sendBody("direct:deferred", "a part");
        assertThat(queue("mailchute.waiting.own")).containsExactly("a part");
        assertThat(queue("mailchute.events")).containsExactly("deferred");
        assertThat(seen).containsExactly("schedule", "deferred");
    }

    @Test
    void whatIsDeadIsKeptBeforeItIsTold() {
        context().createProducerTemplate().sendBody("direct:dead-letter", "a part");
        assertThat(queue("mailchute.dead-letters")).containsExactly("a letter");
        assertThat(queue("mailchute.events")).containsExactly("dead");
        assertThat(seen).containsExactly("deadLetters", "dead");
    }
}
