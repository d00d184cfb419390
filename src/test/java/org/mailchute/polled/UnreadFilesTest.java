package org.mailchute.polled;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnreadFilesTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final ListedFile SCAN = new ListedFile("in/scan.pdf", 10, 1_000);

    private final UnreadFiles files = new UnreadFiles();

    @Test
    void aFileThatItsServerRefusesRestsForADay() {
        files.refused(SCAN, false, "550 no", NOON);
        assertThat(files.resting(SCAN, NOON.plus(Duration.ofHours(23)))).isPresent();
        assertThat(files.resting(SCAN, NOON.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void aFileThatIsBusyRestsForAMinute() {
        files.refused(SCAN, true, "450 busy", NOON);
        assertThat(files.resting(SCAN, NOON.plusSeconds(59))).isPresent();
        assertThat(files.resting(SCAN, NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void aFileThatChangesDoesNotRest() {
        files.refused(SCAN, false, "550 no", NOON);
        assertThat(files.resting(new ListedFile("in/scan.pdf", 11, 1_000), NOON))
                .isEmpty();
    }
}
