package org.mailchute.gateway;

import java.io.IOException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.mailchute.gateway.routes.RouteFiles;
import org.mailchute.steps.EventReader;
import org.mailchute.steps.TraceBook;
import org.mailchute.steps.WebhookPost;
import org.mailchute.trace.ToldOnce;

/** The routes behind the outcomes, 8 and 9: events are told, kept in the trace, and somebody learns of some. */
final class EventRoutes implements AutoCloseable {
    private final CamelContext context;
    private final EventReader events;
    private final TraceBook trace;
    private final NoticeWiring notices;
    private final WebhookPost webhook;

    /**
     * Binds the beans that their files name.
     *
     * @param telling hears of each event once
     */
    EventRoutes(Wiring wiring, ToldOnce telling, ProofEnds proofs) throws IOException {
        this.context = wiring.context();
        this.events = wiring.bindEvents(telling);
        this.trace = wiring.bindTrace();
        this.notices = wiring.bindNotices(proofs);
        this.webhook = notices.bindWebhook();
    }

    /** To be called when what an earlier run left has been taken up again. */
    void begin(boolean traced) throws Exception {
        context.getRouteController().startRoute(RouteFiles.EVENTS);
        for (String route : traced ? RouteFiles.TRACE : List.<String>of()) {
            context.getRouteController().startRoute(route);
        }
    }

    /** To be called when lanes and intakes are up. */
    void tell() throws Exception {
        notices.start();
    }

    /** Before the routes stop: else that waits for a database, a disk that cannot be written, or a server. */
    @Override
    public void close() {
        trace.end();
        events.end();
        webhook.end();
    }
}
