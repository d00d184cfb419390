package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestTest {
    private static final Instant SINCE = Instant.parse("2026-12-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT59S, true", "PT1M, false", "PT5H, false", "PT-1S, false", "PT-5H, false"})
    void lastsItsTimeAndIsEndedByAClockThatWasSetBack(Duration later, boolean lasts) {
        assertThat(Rest.lasts(SINCE, Duration.ofMinutes(1), SINCE.plus(later))).isEqualTo(lasts);
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT1M"})
    void hasEndedOfWhatWasNeverDone(Duration rest) {
        assertThat(Rest.lasts(Instant.MIN, rest, SINCE)).isFalse();
    }
}
