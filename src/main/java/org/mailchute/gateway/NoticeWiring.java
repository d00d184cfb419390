package org.mailchute.gateway;

import java.io.IOException;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.mailchute.gateway.routes.RouteFiles;
import org.mailchute.lane.NextHops;
import org.mailchute.management.Managed;
import org.mailchute.notice.NoticeBook;
import org.mailchute.notice.WebhookPlan;
import org.mailchute.settings.Settings;
import org.mailchute.spool.Spool;
import org.mailchute.steps.Delays;
import org.mailchute.steps.EventBatches;
import org.mailchute.steps.NoticeIntake;
import org.mailchute.steps.Notices;
import org.mailchute.steps.WebhookPost;

/** Who learns of it: what the routes of notices name, and their start. Without the section notices they are there, and never start. */
record NoticeWiring(Supplier<Settings> now, Settings settings, CamelContext context, Clock clock) {
    /** Who is told, and how often, is what it is at the start. */
    NoticeWiring(Supplier<Settings> now, CamelContext context, Clock clock) {
        this(now, now.get(), context, clock);
    }

    /** @param away nothing can be sent now */
    void bind(Spool spool, NextHops nextHops, Managed managed, Conditions conditions, BooleanSupplier away)
            throws IOException {
        Notices notices = new Notices(
                settings.notices(),
                NoticeBook.open(
                        settings.home().resolve("notices.json"), () -> now.get().notices(), clock),
                new NoticeIntake(
                        settings.notices(),
                        settings.name(),
                        () -> now.get().policy(),
                        nextHops,
                        spool,
                        context.createProducerTemplate(),
                        clock)::send,
                new Delays(spool, managed.desk(), nextHops, managed.book(), clock)::each,
                conditions::now,
                away,
                clock);
        context.getRegistry().bind("notices", notices);
        context.getRegistry().bind("noticeBatches", new EventBatches(notices));
    }

    /** @return to be ended before the routes, which else wait for a server */
    WebhookPost bindWebhook() {
        WebhookPost post = new WebhookPost(settings.notices().webhook().map(WebhookPlan::poster));
        context.getRegistry().bind("webhookPost", post);
        return post;
    }

    void start() throws Exception {
        if (settings.notices().isOn()) {
            for (String route : RouteFiles.NOTICES) {
                context.getRouteController().startRoute(route);
            }
        }
        if (settings.notices().webhook().isPresent()) {
            context.getRouteController().startRoute(RouteFiles.WEBHOOK);
        }
    }
}
