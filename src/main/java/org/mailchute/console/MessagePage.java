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

    Response show(View view, Request request) throws SQLException {
        String id = request.parameters().getOrDefault("id", "");
        String done = Done.of(request);
        TraceStore kept = trace.orElseThrow(() -> new IllegalArgumentException(view.say("search.notrace")));
        TraceStory story = kept.story(id).orElseThrow(() -> new IllegalArgumentException(view.say("message.none", id)));
        return Html.page(out -> JtemessageGenerated.render(out, null, view.in("/console"), story, done));
    }
}
