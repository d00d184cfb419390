package org.mailchute.testing;

import ch.qos.logback.classic.Logger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.LoggerFactory;

/** What holds for every test of a JVM, known to JUnit by {@code META-INF/services}: one patience, and a log that only a failing test prints. */
public final class TestRun implements TestExecutionListener {
    private final CapturedLog log = new CapturedLog();

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Patience.becomeTheDefault();
        log.replaceTheConsole((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            log.testStarts();
        } else if (test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
            log.classStarts();
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.FAILED) {
            System.out.printf("---- the log of %s%n%s---- its end%n", test.getDisplayName(), log.text());
        }
        if (test.isTest()) {
            log.testEnds();
        }
    }
}
