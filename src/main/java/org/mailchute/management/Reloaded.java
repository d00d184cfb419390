package org.mailchute.management;

import java.util.List;
import org.mailchute.settings.Change;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.yaml.Fault;

/**
 * What came of reading the settings anew.
 *
 * @param changes what differed; those that want a restart were not taken
 * @param faults of the file; nothing was taken then
 * @param failures what was taken and could not be opened, for people
 */
public record Reloaded(List<Change> changes, List<Fault> faults, List<String> failures) {
    public Reloaded {
        changes = List.copyOf(changes);
        faults = List.copyOf(faults);
        failures = List.copyOf(failures);
    }

    /** Nothing was taken. */
    public static Reloaded not(FaultySettings why) {
        return new Reloaded(List.of(), why.faults(), List.of());
    }

    /** Reads the settings anew. */
    @FunctionalInterface
    public interface Reload {
        /** @throws Exception when it cannot go on as it was; the log says more */
        Reloaded now() throws Exception;
    }
}
