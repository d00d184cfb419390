package org.mailchute.command;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A log file; where it cannot be written at the start, one line says so and its lines go to standard output: Logback would lose them. */
public final class LogFile extends RollingFileAppender<ILoggingEvent> {
    private final ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();

    @Override
    public void start() {
        try {
            Path file = Path.of(getFile()).toAbsolutePath();
            Files.createDirectories(file.resolveSibling(""));
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            super.start();
        } catch (IOException e) {
            System.err.println("mailchute: " + Complaint.sentence(e) + "; what " + getFile()
                    + " would hold goes to standard output");
            console.setContext(getContext());
            console.setEncoder(getEncoder());
            console.start();
        }
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        if (console.isStarted()) {
            console.doAppend(event);
        } else {
            super.doAppend(event);
        }
    }

    @Override
    public void stop() {
        console.stop();
        super.stop();
    }
}
