package org.mailchute.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CapturedLogTest {
    private final CapturedLog log = new CapturedLog();

    private void says(String words) {
        Logger logger = (Logger) LoggerFactory.getLogger(CapturedLogTest.class);
        log.doAppend(
                new LoggingEvent("", logger, Level.WARN, words, new IllegalStateException("broken"), new Object[0]));
    }

    @Test
    void aTestsLogHoldsItsOwnLinesAndThoseOfItsClassButNotThoseOfOtherTests() {
        log.classStarts();
        says("before all");
        log.testStarts();
        says("another test");
        log.testEnds();
        log.testStarts();
        says("this test");

        assertThat(log.text())
                .contains("before all", "WARN", "CapturedLogTest: this test", "IllegalStateException: broken")
                .doesNotContain("another test");
    }

    @Test
    void aNewClassBeginsWithAnEmptyLog() {
        says("an earlier class");
        log.classStarts();

        assertThat(log.text()).isEmpty();
    }

    @Test
    void ofALongLogTheEndIsKept() {
        log.testStarts();
        for (int number = 0; number < 2_001; number++) {
            says("line " + number + ".");
        }

        assertThat(log.text()).contains("line 1.", "line 2000.").doesNotContain("line 0.");
    }

    @Test
    void itTakesTheConsolesPlaceAgainAndAgain() {
        Logger logger = (Logger) LoggerFactory.getLogger("of one test");
        log.replaceTheConsole(logger);
        log.replaceTheConsole(logger);
        log.testStarts();

        logger.warn("seen");

        assertThat(log.text()).containsOnlyOnce("seen");
    }
}
