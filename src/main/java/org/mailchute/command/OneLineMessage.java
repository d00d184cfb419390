package org.mailchute.command;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.mailchute.intake.Shown;

/**
 * {@code %line} of the logging configurations: what is said, on one line, whoever said it. A name, a reply or a file's name with a
 * line end in it would else write lines of its own into the log.
 */
public final class OneLineMessage extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return Shown.line(event.getFormattedMessage());
    }
}
