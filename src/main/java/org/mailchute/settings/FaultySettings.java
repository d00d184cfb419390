package org.mailchute.settings;

import java.util.List;
import java.util.stream.Collectors;
import org.mailchute.settings.yaml.Fault;

/** The settings cannot be used. The message holds every fault on a line of its own, none with a secret. */
public final class FaultySettings extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<Fault> faults;

    public FaultySettings(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining(System.lineSeparator())));
        this.faults = List.copyOf(faults);
    }

    /** In the order of the file. */
    public List<Fault> faults() {
        return faults;
    }

    /** Whether one of them is an environment variable that is not set. */
    public boolean lacksVariable() {
        return faults.stream().anyMatch(fault -> fault.expected().equals(Fault.SET_VARIABLE));
    }
}
