package org.mailchute.gateway;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.mailchute.console.Console;
import org.mailchute.console.LaneHours;
import org.mailchute.doctor.DoctorReport;
import org.mailchute.doctor.Extras;
import org.mailchute.management.Managed;
import org.mailchute.management.ManagementServer;
import org.mailchute.settings.Settings;

/** The console of the settings, if there is to be one; its doctor examines those that run. */
final class ConsoleWiring {
    private ConsoleWiring() {}

    static Optional<Console> open(
            Supplier<Settings> settings,
            Surroundings surroundings,
            Managed managed,
            LaneHours hours,
            ManagementServer served) {
        if (!settings.get().console().enabled()) {
            return Optional.empty();
        }
        Callable<DoctorReport> doctor =
                () -> new Examination(settings.get(), surroundings, new Extras(false, List.of())).whole();
        Console console = new Console(settings.get(), managed, hours, doctor, Doubts::of);
        console.serve(served);
        return Optional.of(console);
    }
}
