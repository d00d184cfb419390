package org.mailchute.steps;

import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.intake.Shown;
import org.mailchute.watch.FirstTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before {@link ServerFiles} for files on a server: their names become names of local files while they are fetched, and a
 * hostile server could name any (promise P9). Each such name is said once and never fetched. Controls beyond 0x7f are of Windows' own
 * characters, read as Latin-1, and do no harm.
 */
public final class SafeNames<T> implements GenericFileFilter<T> {
    private static final Logger LOG = LoggerFactory.getLogger(SafeNames.class);

    private final String intake;
    private final GenericFileFilter<T> next;
    private final FirstTime first = new FirstTime();

    public SafeNames(String intake, GenericFileFilter<T> next) {
        this.intake = intake;
        this.next = next;
    }

    @Override
    public boolean accept(GenericFile<T> file) {
        String name = file.getFileNameOnly();
        Optional<String> fault = fault(name);
        if (fault.isPresent() && first.isFor(name)) {
            LOG.warn(
                    "intake {}: the server lists \"{}\", whose name {}; it is not fetched",
                    intake,
                    Shown.line(name),
                    fault.get());
        }
        return fault.isEmpty() && next.accept(file);
    }

    private static Optional<String> fault(String name) {
        if (name.matches("(?s).*[/\\\\].*|\\.{1,2}")) {
            return Optional.of("leads out of its folder");
        }
        return name.matches("(?s).*[\\x00-\\x1f\\x7f].*") ? Optional.of("has a control character") : Optional.empty();
    }
}
