package org.mailchute.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What was logged by rooms, libraries or classes while this is open; an exception's message follows in the same line. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<Logger> loggers;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogLines(List<Logger> loggers) {
        this.loggers = loggers;
    }

    /** @param names of loggers; those below them count too */
    public static LogLines of(String... names) {
        LogLines lines = new LogLines(Arrays.stream(names)
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .toList());
        lines.start();
        lines.loggers.forEach(logger -> logger.addAppender(lines));
        return lines;
    }

    /** By the rooms that take input. */
    public static LogLines ofIntakes() {
        return of("org.mailchute.intakes", "org.mailchute.steps", "org.mailchute.watch", "org.mailchute.polled");
    }

    @Override
    protected void append(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(event.getLevel() + " " + event.getFormattedMessage());
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            line.append(" | ").append(cause.getClassName()).append(": ").append(cause.getMessage());
        }
        lines.add(line.toString());
    }

    /** So far, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(this));
        stop();
    }
}
