package org.mailchute.console;

import java.sql.SQLException;
import java.util.Optional;
import org.mailchute.console.pages.JtemessageGenerated;
import org.mailchute.management.Request;
import org.mailchute.management.Response;
import org.mailchute.tracestore.TraceStore;
import org.mailchute.tracestore.TraceStory;

/** What became of one message. */
record MessagePage(Optional<TraceStore> trace) {
    static String path(String queueId) {
        return "/console/message?id=" + queueId;
    }

    Response show(View view, Request request) {
        String id = request.parameters().getOrDefault("id", "");
        try {
            TraceStory story = trace.orElseThrow(() -> new IllegalArgumentException(view.say("search.notrace")))
                    .story(id)
                    .orElseThrow(() -> new IllegalArgumentException(view.say("message.none", id)));
            return Html.page(
                    out -> JtemessageGenerated.render(out, null, view.in("/console"), story, Done.of(request)));
        } catch (SQLException e) {
            throw new IllegalArgumentException(view.say("search.unreadable", TraceStore.why(e)), e);
        }
    }
}
