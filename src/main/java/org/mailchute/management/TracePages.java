package org.mailchute.management;

import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.tracestore.TraceQuery;
import org.mailchute.tracestore.TraceStore;

/** What the command {@code trace} asks. */
record TracePages(Optional<TraceStore> trace, Clock clock) {
    private static final int MOST = 1_000;
    private static final int SOME = 50;

    /** A search in the trace. */
    private interface Question {
        Object ask(TraceStore trace) throws SQLException;
    }

    Response find(Map<String, String> parameters) {
        TraceQuery query = new TraceQuery(
                parameters.getOrDefault("q", ""),
                time(parameters, "since").orElse(Instant.EPOCH),
                time(parameters, "until").orElseGet(() -> clock.instant().plusSeconds(1)),
                outcome(parameters),
                most(parameters));
        return answer(trace -> trace.find(query));
    }

    Response story(Map<String, String> parameters) {
        String id = parameters.getOrDefault("id", "");
        return answer(trace -> trace.story(id)
                .orElseThrow(() -> new IllegalArgumentException("the trace has no message with the queue id " + id)));
    }

    Response forget(Map<String, String> parameters) {
        String address = parameters.getOrDefault("address", "");
        if (!address.contains("@")) {
            throw new IllegalArgumentException("whom? give the whole address");
        }
        return answer(trace -> trace.forget(address, parameters.getOrDefault("after", "")));
    }

    private Response answer(Question question) {
        if (trace.isEmpty()) {
            throw new IllegalArgumentException("no trace is kept: trace.keep is 0s in the settings");
        }
        try {
            return ManagementServer.json(question.ask(trace.get()));
        } catch (SQLException e) {
            return Response.line(
                    503, "the trace cannot be read now; mail goes on, and what happens is kept: " + TraceStore.why(e));
        }
    }

    private static Optional<Instant> time(Map<String, String> parameters, String name) {
        try {
            return Optional.ofNullable(parameters.get(name)).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no time such as 2026-11-29T08:00:00Z", e);
        }
    }

    private static Optional<TraceQuery.Outcome> outcome(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get("outcome"))
                .map(name -> Stream.of(TraceQuery.Outcome.values())
                        .filter(outcome -> outcome.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("outcome is one of "
                                + Arrays.toString(TraceQuery.Outcome.values()).toLowerCase(Locale.ROOT))));
    }

    private static int most(Map<String, String> parameters) {
        String most = parameters.getOrDefault("most", Integer.toString(SOME));
        if (!most.matches("[1-9]\\d{0,3}") || Integer.parseInt(most) > MOST) {
            throw new IllegalArgumentException("most is a number from 1 to " + MOST);
        }
        return Integer.parseInt(most);
    }
}
