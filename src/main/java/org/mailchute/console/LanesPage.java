package org.mailchute.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailchute.console.LaneHours.Hour;
import org.mailchute.console.pages.JtelaneGenerated;
import org.mailchute.console.pages.JtelanesGenerated;
import org.mailchute.console.pages.JtelanespageGenerated;
import org.mailchute.lane.Lane;
import org.mailchute.management.LaneReport;
import org.mailchute.management.Managed;
import org.mailchute.management.Request;
import org.mailchute.management.Response;

/** State, queue and budget of each lane; hold and release. */
public final class LanesPage {
    static final String PATH = "/console/lanes";

    private static final int HIGH = 40;
    private static final int WIDE = 10;

    private final Managed gateway;
    private final LaneHours hours;

    LanesPage(Managed gateway, LaneHours hours) {
        this.gateway = gateway;
        this.hours = hours;
    }

    /**
     * A lane as it is drawn.
     *
     * @param now when it was asked
     * @param limit recipients in 24 hours; 0 for none
     * @param hours the last 24, the present one last
     */
    public record Drawn(LaneReport report, Instant now, long limit, List<Hour> hours) {
        public Drawn {
            hours = List.copyOf(hours);
        }

        /** When what comes now leaves; what leaves within a minute leaves now, so that the page stays as it is. */
        public String leaves(View view) {
            return report.leavesAt()
                    .map(time -> time.isBefore(now.plusSeconds(60))
                            ? view.say("lane.now")
                            : view.words().time(time))
                    .orElseGet(() -> view.say("lane.nobody"));
        }

        public long used() {
            return Math.max(0, limit - report.budgetLeft());
        }

        public long sent() {
            return hours.stream().mapToLong(Hour::accepted).sum();
        }

        public long failed() {
            return hours.stream().mapToLong(Hour::dead).sum();
        }

        /** Of 240 by 40. */
        public List<Bar> bars() {
            long most = hours.stream().mapToLong(Hour::all).max().orElse(0);
            List<Bar> bars = new ArrayList<>();
            for (int hour = 0; hour < hours.size() && most > 0; hour++) {
                int failed = share(hours.get(hour).dead(), most);
                int sent = share(hours.get(hour).accepted(), most);
                bars.add(new Bar("failed", hour * WIDE, HIGH - failed, failed));
                bars.add(new Bar("sent", hour * WIDE, HIGH - failed - sent, sent));
            }
            return bars;
        }

        private static int share(long part, long of) {
            return Math.toIntExact((part * HIGH + of - 1) / of);
        }
    }

    /** One part of the picture. */
    public record Bar(String kind, int x, int y, int height) {}

    private List<Drawn> drawn() {
        Instant now = gateway.clock().instant();
        return LaneReport.of(gateway).stream()
                .map(report -> new Drawn(
                        report,
                        now,
                        lane(report.lane())
                                .map(lane -> (long) lane.limits().recipientsPerDay())
                                .orElse(0L),
                        hours.of(report.lane())))
                .toList();
    }

    private Optional<Lane> lane(String name) {
        return Optional.ofNullable(gateway.lanes().get(name));
    }

    /** Who works and who stands by; empty where there is one gateway. */
    private String cluster(View view) {
        return gateway.cluster()
                .map(Supplier::get)
                .map(now -> view.say("cluster.works", now.works()) + " "
                        + (now.standby().isEmpty()
                                ? view.say("cluster.alone")
                                : view.say("cluster.standby", String.join(", ", now.standby()))))
                .orElse("");
    }

    Response show(View view, Request request) {
        return Html.page(
                out -> JtelanespageGenerated.render(out, null, view, cluster(view), drawn(), Done.of(request)));
    }

    String live(View view) {
        return Html.text(out -> JtelanesGenerated.render(out, null, view, drawn()));
    }

    Response ask(View view, Request request) {
        Lane lane = named(view, request.parameters().getOrDefault("lane", ""));
        LaneReport report = LaneReport.of(gateway).stream()
                .filter(one -> one.lane().equals(lane.name()))
                .findFirst()
                .orElseThrow();
        return Html.page(out -> JtelaneGenerated.render(out, null, view.in(PATH), report));
    }

    Response hold(View view, Request request) {
        gateway.stops()
                .hold(
                        named(view, request.form().getOrDefault("lane", "")),
                        view.visitor().person().name());
        return Html.see(PATH + "?done=held");
    }

    Response release(View view, Request request) {
        gateway.stops()
                .release(
                        named(view, request.form().getOrDefault("lane", "")),
                        view.visitor().person().name());
        return Html.see(PATH + "?done=released");
    }

    private Lane named(View view, String name) {
        return lane(name)
                .filter(lane -> !lane.leaving())
                .orElseThrow(() -> new IllegalArgumentException(view.say("lane.none", name)));
    }
}
