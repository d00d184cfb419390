package org.mailchute.steps;

import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.intake.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before {@link ReadyFiles} for files on a server: their names become names of local files while they are fetched, and a
 * hostile server could name any (promise P9). Each such name is said once and never fetched.
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
        if (name.matches("(?s).*[/\\\\\\x00].*|\\.{1,2}")) {
            if (first.isFor(name)) {
                LOG.warn(
                        "intake {}: the server lists \"{}\", whose name leads out of its folder; it is not fetched",
                        intake,
                        Shown.line(name));
            }
            return false;
        }
        return next.accept(file);
    }
}
