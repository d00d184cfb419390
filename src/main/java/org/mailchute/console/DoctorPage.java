package org.mailchute.console;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mailchute.console.pages.JtedoctorGenerated;
import org.mailchute.console.pages.JtedoctorpageGenerated;
import org.mailchute.doctor.DoctorReport;
import org.mailchute.management.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the doctor found last; asks it again. */
public final class DoctorPage implements AutoCloseable {
    static final String PATH = "/console/doctor";

    private static final Logger LOG = LoggerFactory.getLogger(DoctorPage.class);

    private final Callable<DoctorReport> doctor;
    private final Clock clock;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "mailchute-console-doctor"));
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile @Nullable Findings last;

    DoctorPage(Callable<DoctorReport> doctor, Clock clock) {
        this.doctor = doctor;
        this.clock = clock;
    }

    /** @param fault why there is no report; empty where there is */
    private record Findings(Instant time, Optional<DoctorReport> report, String fault) {}

    /**
     * What the page shows.
     *
     * @param time of the report, or of what kept it from being made
     */
    public record Visit(boolean running, Optional<Instant> time, Optional<DoctorReport> report, String fault) {}

    private Visit visit() {
        Findings found = last;
        return found == null
                ? new Visit(running.get(), Optional.empty(), Optional.empty(), "")
                : new Visit(running.get(), Optional.of(found.time()), found.report(), found.fault());
    }

    Response show(View view) {
        return Html.page(out -> JtedoctorpageGenerated.render(out, null, view, visit()));
    }

    String live(View view) {
        return Html.text(out -> JtedoctorGenerated.render(out, null, view, visit()));
    }

    /** While it runs already nothing more happens. */
    Response run(View view) {
        if (running.compareAndSet(false, true)) {
            LOG.info("console: {} asks the doctor", view.visitor().person());
            thread.execute(this::run);
        }
        return Html.see(PATH);
    }

    private void run() {
        try {
            last = new Findings(clock.instant(), Optional.of(doctor.call()), "");
        } catch (Exception e) {
            LOG.warn("console: the doctor cannot be asked", e);
            last = new Findings(clock.instant(), Optional.empty(), String.valueOf(e.getMessage()));
        } finally {
            running.set(false);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
