package org.mailchute.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

class EventsRouteTest extends RouteTestSupport {
    EventsRouteTest() {
        super("8-events");
    }

    /** Of which telling may fail. */
    public final class Reader {
        public void answer() {
            seen.add("answer");
        }

        public void tell(String event) throws Exception {
            seen.add("tell");
            switch (event) {
                case "no disk" -> throw new IOException(event);
                case "no broker" -> throw new JMSException(event);
                default -> seen.add(event);
            }
        }

        public void free() {
            seen.add("free");
        }

        public void leaveOut() {
            seen.add("leaveOut");
        }

        public void copy() {
            seen.add("copy");
        }
    }

    /** Whether there is a trace, or are notices. */
    public static final class Kept {
        private boolean on;

        public boolean isOn() {
            return on;
        }
    }

    private final Kept trace = new Kept();
    private final Kept notices = new Kept();

    @Override
    void beans(CamelContext context) {
        context.getRegistry().bind("eventReader", new Reader());
        context.getRegistry().bind("traceBook", trace);
        context.getRegistry().bind("notices", notices);
    }

    /** By hand, as no broker gives any. */
    private void comes(String event) throws Exception {
        AdviceWith.adviceWith(context(), "events", advice -> advice.replaceFromWith("direct:events"));
        context().getRouteController().startRoute("events");
        context().createProducerTemplate().sendBody("direct:events", event);
    }

    @Test
    void anEventIsAnsweredAndToldBeforeItsMessageIsFreed() throws Exception {
        comes("accepted");
        assertThat(seen).containsExactly("answer", "tell", "accepted", "free");
    }

    @Test
    void whereThereIsATraceOrAreNoticesEachIsSentACopy() throws Exception {
        trace.on = true;
        notices.on = true;
        comes("accepted");
        assertThat(seen).containsExactly("answer", "tell", "accepted", "free", "copy", "copy");
        assertThat(queue("mailchute.trace")).containsExactly("accepted");
        assertThat(queue("mailchute.notices")).containsExactly("accepted");
    }

    @Test
    void oneThatCannotBeHandledIsLeftOut() throws Exception {
        comes("no disk");
        assertThat(seen).containsExactly("answer", "tell", "leaveOut");
    }

    @Test
    void whereTheBrokerFailsTheBatchIsNotCommitted() {
        assertThatThrownBy(() -> comes("no broker")).hasRootCauseInstanceOf(JMSException.class);
        assertThat(seen).containsExactly("answer", "tell");
    }
}
