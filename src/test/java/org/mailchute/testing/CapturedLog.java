package org.mailchute.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The log, with the levels that are shipped, kept in memory in place of the console: the newest events of a test, and of what its class did around it. */
final class CapturedLog extends AppenderBase<ILoggingEvent> {
    private static final int NEWEST = 2_000;
    private final Deque<ILoggingEvent> aroundTests = new ArrayDeque<>();
    private final Deque<ILoggingEvent> ofTheTest = new ArrayDeque<>();
    private final PatternLayoutEncoder lines = new PatternLayoutEncoder();
    private boolean testRuns;

    CapturedLog() {
        LoggerContext log = (LoggerContext) LoggerFactory.getILoggerFactory();
        lines.setContext(log);
        lines.setPattern("%d{HH:mm:ss.SSS} %-5level [%thread] %logger{0}: %msg%n%rEx{12}");
        lines.start();
        setContext(log);
        start();
    }

    /** Once for each class that is run: the one before has put this here too. */
    void replaceTheConsole(Logger logger) {
        logger.detachAndStopAllAppenders();
        start();
        logger.addAppender(this);
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        Deque<ILoggingEvent> kept = testRuns ? ofTheTest : aroundTests;
        kept.add(event);
        if (kept.size() > NEWEST) {
            kept.remove();
        }
    }

    synchronized void classStarts() {
        aroundTests.clear();
    }

    synchronized void testStarts() {
        testRuns = true;
    }

    synchronized void testEnds() {
        testRuns = false;
        ofTheTest.clear();
    }

    /** A line for each event, and the stack traces. */
    String text() {
        List<ILoggingEvent> all;
        synchronized (this) {
            all = new ArrayList<>(aroundTests);
            all.addAll(ofTheTest);
        }
        StringBuilder text = new StringBuilder();
        all.forEach(event -> text.append(new String(lines.encode(event), StandardCharsets.UTF_8)));
        return text.toString();
    }
}
