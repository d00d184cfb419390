package org.mailchute.console;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailchute.console.pages.JtefailuresGenerated;
import org.mailchute.console.pages.JtesearchGenerated;
import org.mailchute.management.Request;
import org.mailchute.management.Response;
import org.mailchute.tracestore.TraceQuery;
import org.mailchute.tracestore.TraceQuery.Outcome;
import org.mailchute.tracestore.TraceStore;
import org.mailchute.tracestore.TracedMessage;

/** The first page: one field, and what failed today. */
public final class SearchPage {
    private static final int MOST = 100;

    private final Optional<TraceStore> trace;
    private final Clock clock;

    SearchPage(Optional<TraceStore> trace, Clock clock) {
        this.trace = trace;
        this.clock = clock;
    }

    /** Received when. */
    public enum When {
        ANY,
        HOUR,
        TODAY,
        WEEK;

        private Instant since(Instant now) {
            return switch (this) {
                case ANY -> Instant.EPOCH;
                case HOUR -> now.minus(Duration.ofHours(1));
                case TODAY -> midnight(now);
                case WEEK -> now.minus(Duration.ofDays(7));
            };
        }
    }

    /** What stands in the form. */
    public record Asked(String words, When when, Optional<Outcome> outcome) {
        static Asked of(Request request) {
            return new Asked(
                    request.parameters().getOrDefault("q", "").strip(),
                    one(When.values(), request, "when").orElse(When.ANY),
                    one(Outcome.values(), request, "outcome"));
        }

        private static <E extends Enum<E>> Optional<E> one(E[] all, Request request, String name) {
            String wanted = request.parameters().getOrDefault(name, "").toUpperCase(Locale.ROOT);
            return Stream.of(all).filter(one -> one.name().equals(wanted)).findFirst();
        }
    }

    /**
     * What the page shows.
     *
     * @param isAsked whether somebody looks for something; else these are today's failures
     * @param fault why nothing could be looked up; null where it could
     */
    public record Found(
            Asked asked,
            boolean isAsked,
            List<TracedMessage> messages,
            @Nullable String fault) {
        public Found {
            messages = List.copyOf(messages);
        }

        public boolean mayBeMore() {
            return messages.size() == MOST;
        }
    }

    Response show(View view, Request request) {
        Asked asked = Asked.of(request);
        boolean isAsked = request.parameters().containsKey("q");
        Found found = found(view, asked, isAsked);
        return isAsked && found.messages().size() == 1
                ? Html.see(MessagePage.path(found.messages().get(0).queueId()))
                : Html.page(
                        found.fault() == null ? 200 : 503, out -> JtesearchGenerated.render(out, null, view, found));
    }

    private Found found(View view, Asked asked, boolean isAsked) {
        if (trace.isEmpty()) {
            return new Found(asked, isAsked, List.of(), view.say("search.notrace"));
        }
        try {
            return new Found(asked, isAsked, isAsked ? trace.get().find(query(asked)) : failures(trace.get()), null);
        } catch (SQLException e) {
            return new Found(asked, isAsked, List.of(), view.say("search.unreadable", TraceStore.why(e)));
        }
    }

    private TraceQuery query(Asked asked) {
        return new TraceQuery(asked.words(), asked.when().since(clock.instant()), soon(), asked.outcome(), MOST);
    }

    private Instant soon() {
        return clock.instant().plusSeconds(1);
    }

    /** Today's failures, as they are now. */
    String failures(View view) throws SQLException {
        List<TracedMessage> failed = trace.isPresent() ? failures(trace.get()) : List.of();
        return Html.text(out -> JtefailuresGenerated.render(out, null, view, failed));
    }

    private List<TracedMessage> failures(TraceStore from) throws SQLException {
        List<TracedMessage> all = new ArrayList<>();
        for (Outcome outcome : List.of(Outcome.DEAD, Outcome.REFUSED)) {
            all.addAll(from.find(new TraceQuery("", midnight(clock.instant()), soon(), Optional.of(outcome), MOST)));
        }
        return all.stream()
                .distinct()
                .sorted(Comparator.comparing(TracedMessage::received).reversed())
                .limit(MOST)
                .toList();
    }

    private static Instant midnight(Instant now) {
        ZoneId here = ZoneId.systemDefault();
        return LocalDate.ofInstant(now, here).atStartOfDay(here).toInstant();
    }
}
