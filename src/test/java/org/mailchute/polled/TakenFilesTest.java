package org.mailchute.polled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.spool.Ledger;

class TakenFilesTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant A_DAY_LATER = NOON.plus(Duration.ofDays(1));
    private static final ListedFile SCAN = new ListedFile("in/scan.pdf", 10, 1_000);
    private static final ListedFile SCAN_OF_ANOTHER_TIME = new ListedFile("in/scan.pdf", 10, 2_000);

    @TempDir
    Path home;

    private final List<Ledger> ledgers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private TakenFiles files;

    @BeforeEach
    void open() throws IOException {
        files = reopened();
    }

    @AfterEach
    void close() throws IOException {
        for (Ledger ledger : ledgers) {
            ledger.close();
        }
    }

    private TakenFiles reopened() throws IOException {
        Ledger ledger = Ledger.open(home, "plant.taken", TakenFiles.capacity(), false);
        ledgers.add(ledger);
        return new TakenFiles(ledger);
    }

    private void stays() throws IOException {
        files.taken(SCAN, "hash", "sent", NOON);
        files.refused(SCAN, "550 no", NOON);
    }

    private void poll(ListedFile... listed) {
        files.looking();
        for (ListedFile file : listed) {
            files.sees(file);
        }
        files.looked();
    }

    @Test
    void aFileThatItsServerDoesNotDeleteRestsForADayAlsoThroughARestart() throws IOException {
        stays();
        for (TakenFiles now : List.of(files, reopened())) {
            assertThat(now.resting(SCAN, NOON)).hasValueSatisfying(taken -> {
                assertThat(taken.outcome()).isEqualTo("sent");
                assertThat(taken.reply()).isEqualTo("550 no");
            });
            assertThat(now.resting(SCAN, A_DAY_LATER.minusSeconds(1))).isPresent();
            assertThat(now.resting(SCAN, A_DAY_LATER)).isEmpty();
        }
    }

    @Test
    void aFileOfWhichItIsNotKnownWhetherItWasDeletedDoesNotRest() throws IOException {
        files.taken(SCAN, "hash", "sent", NOON);
        assertThat(files.resting(SCAN, NOON)).isEmpty();
        assertThat(files.compared(SCAN)).isFalse();
        assertThat(files.knows(SCAN, "hash")).isTrue();
    }

    @Test
    void aFileThatWasDeletedIsForgotten() throws IOException {
        stays();
        files.deleted(SCAN);
        assertThat(files.knows(SCAN, "hash")).isFalse();
        assertThat(files.resting(SCAN, NOON)).isEmpty();
    }

    @Test
    void anotherSizeTimeOrContentIsAnotherFile() throws IOException {
        stays();
        assertThat(files.resting(new ListedFile("in/scan.pdf", 11, 1_000), NOON))
                .isEmpty();
        assertThat(files.resting(SCAN_OF_ANOTHER_TIME, NOON)).isEmpty();
        assertThat(files.resting(new ListedFile("in/other.pdf", 10, 1_000), NOON))
                .isEmpty();
        assertThat(files.knows(SCAN, "another hash")).isFalse();
    }

    @Test
    @DisplayName("P3: it is deleted without being fetched only when it was compared a day after it was taken")
    void onlyAComparisonADayLaterSettlesIt() throws IOException {
        stays();
        files.takenAgain(SCAN, A_DAY_LATER.minusSeconds(1));
        assertThat(files.compared(SCAN)).isFalse();
        files.takenAgain(SCAN, A_DAY_LATER);
        assertThat(files.compared(SCAN)).isTrue();
        assertThat(files.compared(SCAN_OF_ANOTHER_TIME)).isFalse();
    }

    @Test
    void aTimeStampThatIsListedOtherwiseLaterMakesNoNewScanOfAFileThatWasThereAllTheTime() throws IOException {
        stays();
        poll(SCAN);
        poll(SCAN_OF_ANOTHER_TIME);
        assertThat(files.knows(SCAN_OF_ANOTHER_TIME, "hash")).isTrue();
        files.takenAgain(SCAN_OF_ANOTHER_TIME, A_DAY_LATER);
        assertThat(files.compared(SCAN_OF_ANOTHER_TIME)).isFalse();
        files.refused(SCAN_OF_ANOTHER_TIME, "550 no", A_DAY_LATER);
        assertThat(files.resting(SCAN_OF_ANOTHER_TIME, A_DAY_LATER)).isPresent();
    }

    @Test
    @DisplayName("P3: the same content saved again, after the file was gone, is a new scan")
    void whatIsSavedAgainAfterTheFileWasGoneIsANewScan() throws IOException {
        stays();
        poll();
        assertThat(files.knows(SCAN_OF_ANOTHER_TIME, "hash")).isFalse();
        assertThat(files.knows(SCAN, "hash")).as("a share that was away").isTrue();
    }

    @Test
    @DisplayName("P3: the same content saved again, after a deletion that nobody heard of, is a new scan")
    void whatIsSavedAgainAfterAnUnknownDeletionIsANewScan() throws IOException {
        files.taken(SCAN, "hash", "sent", NOON);
        assertThat(files.knows(SCAN_OF_ANOTHER_TIME, "hash")).isFalse();
    }

    @Test
    void aClockThatWasSetBackEndsTheRest() throws IOException {
        stays();
        assertThat(files.resting(SCAN, NOON.minusSeconds(1))).isEmpty();
    }

    @Test
    void whenTooManyStayNewOnesAreNotFetchedUntilOldOnesAreGone() throws IOException {
        for (int i = 0; i < TakenFiles.MOST; i++) {
            files.taken(new ListedFile("in/" + i, 1, 1), "hash", "sent", NOON.plusSeconds(i));
        }
        assertThat(files.hasRoom(SCAN, NOON)).isFalse();
        assertThat(files.hasRoom(new ListedFile("in/7", 1, 1), NOON)).isTrue();
        assertThat(files.hasRoom(SCAN, NOON.plus(Duration.ofDays(7)).plusSeconds(2)))
                .isTrue();
    }
}
