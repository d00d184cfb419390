package org.mailchute.console;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.console.pages.JteintakesGenerated;
import org.mailchute.console.pages.JteintakespageGenerated;
import org.mailchute.listener.UnknownDevice;
import org.mailchute.listener.UnknownDevices;
import org.mailchute.management.IntakeReport;
import org.mailchute.management.Managed;
import org.mailchute.management.Response;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.Settings;
import org.mailchute.tracestore.TraceQuery;
import org.mailchute.tracestore.TracedMessage;

/** What waits at the intakes and why, what they refused lately, and who is not known to them. */
public final class IntakesPage {
    private static final Duration LATELY = Duration.ofDays(1);
    private static final int MOST = 50;

    private final Managed gateway;

    IntakesPage(Managed gateway) {
        this.gateway = gateway;
    }

    /** What the page shows. */
    public record Seen(List<IntakeReport> reports, List<TracedMessage> refused, List<Device> devices) {
        public Seen {
            reports = List.copyOf(reports);
            refused = List.copyOf(refused);
            devices = List.copyOf(devices);
        }
    }

    /** A device that an intake refused, since nobody has entered it. */
    public record Device(String intake, UnknownDevice seen) {
        public String to() {
            return String.join(", ", seen.recipients());
        }
    }

    private Seen seen() throws IOException, SQLException {
        return new Seen(IntakeReport.of(gateway), refused(), devices());
    }

    private List<TracedMessage> refused() throws SQLException {
        if (gateway.trace().isEmpty()) {
            return List.of();
        }
        Clock clock = gateway.clock();
        Instant now = clock.instant();
        return gateway.trace()
                .get()
                .find(new TraceQuery(
                        "", now.minus(LATELY), now.plusSeconds(1), Optional.of(TraceQuery.Outcome.REFUSED), MOST));
    }

    private List<Device> devices() throws IOException {
        Settings settings = gateway.settings().get();
        List<Device> all = new ArrayList<>();
        for (IntakePlan.Smtp intake : settings.smtp()) {
            UnknownDevices.read(settings.home(), intake.name()).stream()
                    .map(device -> new Device(intake.name(), device))
                    .forEach(all::add);
        }
        return all;
    }

    Response show(View view) throws IOException, SQLException {
        Seen seen = seen();
        return Html.page(out -> JteintakespageGenerated.render(out, null, view, seen));
    }

    String live(View view) throws IOException, SQLException {
        Seen seen = seen();
        return Html.text(out -> JteintakesGenerated.render(out, null, view, seen));
    }
}
