package org.mailchute.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.intake.Digested;
import org.mailchute.spool.QueueId;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.OwnJava;

class RequestBookTest {
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final Predicate<QueueId> NOTHING_RESTS = id -> false;
    private static final String CONTENT = Digested.sha256("content");

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-29T09:00:00Z"));
    private RequestBook book;

    @BeforeEach
    void open() throws IOException {
        book = new RequestBook(file(), REMEMBERED, clock);
    }

    private Path file() {
        return folder.resolve("book");
    }

    private Optional<RequestBook.Entry> enter(String id, QueueId queueId) throws IOException {
        Optional<RequestBook.Entry> before = book.enter(id, CONTENT, "message of " + queueId, queueId, NOTHING_RESTS);
        book.left(queueId);
        return before;
    }

    private QueueId received(String id) throws IOException {
        QueueId queueId = QueueId.next(clock);
        assertThat(enter(id, queueId)).isEmpty();
        book.committed(queueId.value());
        return queueId;
    }

    private Optional<QueueId> known(String id) throws IOException {
        return enter(id, QueueId.next(clock)).map(RequestBook.Entry::queueId);
    }

    @Test
    void anIdThatWasReceivedIsKnownWithWhatCameUnderIt() throws IOException {
        QueueId first = received("invoice 1");

        assertThat(enter("invoice 1", QueueId.next(clock)).orElseThrow())
                .returns(first, RequestBook.Entry::queueId)
                .returns(CONTENT, RequestBook.Entry::content)
                .returns(clock.instant(), RequestBook.Entry::time)
                .returns(true, RequestBook.Entry::committed);
        assertThat(known("invoice 2")).isEmpty();
    }

    @Test
    void anIdThatWasNotCommittedIsNewUnlessAnotherMessageOfItRests() throws IOException {
        QueueId first = QueueId.next(clock);
        enter("invoice 1", first);

        assertThat(book.enter("invoice 1", CONTENT, "another", QueueId.next(clock), first::equals))
                .map(RequestBook.Entry::queueId)
                .contains(first);
        assertThat(book.enter("invoice 1", CONTENT, "message of " + first, QueueId.next(clock), first::equals))
                .isEmpty();
    }

    @Test
    void whatIsCommittedLateDoesNotConfirmWhatCameUnderTheIdAfterIt() throws IOException {
        QueueId first = QueueId.next(clock);
        enter("invoice 1", first);
        enter("invoice 1", QueueId.next(clock));

        book.committed(first.value());

        assertThat(known("invoice 1")).isEmpty();
    }

    @Test
    void idsAreKnownAfterARestartAndALineCutShortIsPassedOver() throws IOException {
        QueueId first = received("invoice 1");
        enter("invoice 2", QueueId.next(clock));
        Files.writeString(file(), "E 0123", StandardOpenOption.APPEND);

        open();

        assertThat(known("invoice 1")).contains(first);
        assertThat(known("invoice 2")).isEmpty();
        QueueId third = received("invoice 3");
        open();
        assertThat(known("invoice 3")).contains(third);
    }

    @Test
    void halfALineOfAFullDiskSpoilsNoOther() throws IOException {
        QueueId first = received("invoice 1");
        byte[] all = Files.readAllBytes(file());
        Files.delete(file());
        Files.createDirectory(file());
        assertThatThrownBy(() -> received("invoice 2")).isInstanceOf(IOException.class);
        Files.delete(file());
        Files.write(file(), all);
        Files.writeString(file(), "E 0123", StandardOpenOption.APPEND);

        QueueId second = received("invoice 2");

        assertThat(known("invoice 1")).contains(first);
        assertThat(known("invoice 2")).contains(second);
        open();
        assertThat(known("invoice 1")).contains(first);
        assertThat(known("invoice 2")).contains(second);
    }

    @Test
    @DisplayName("P2: a line that a former gateway adds when it wakes hides no id from its successor")
    void aLineOfAnotherHidesNoId() throws IOException {
        RequestBook former = new RequestBook(file(), REMEMBERED, clock);
        QueueId atWork = QueueId.next(clock);
        former.enter("invoice 1", CONTENT, "one", atWork, NOTHING_RESTS);
        open();
        QueueId second = received("invoice 2");
        former.committed(atWork.value());
        QueueId third = received("invoice 3");

        assertThat(known("invoice 1")).contains(atWork);
        assertThat(known("invoice 2")).contains(second);
        assertThat(known("invoice 3")).contains(third);
        open();
        assertThat(known("invoice 2")).contains(second);
        assertThat(known("invoice 3")).contains(third);
    }

    @Test
    void aBookThatWasDeletedBeginsAnew() throws IOException {
        received("invoice 1");
        Files.delete(file());

        QueueId again = received("invoice 1");

        assertThat(known("invoice 1")).contains(again);
    }

    @Test
    void anIdIsForgottenInItsTimeAndItsLineSomeTimeLater() throws IOException {
        received("old");
        long line = Files.size(file());
        clock.move(REMEMBERED.plusSeconds(1));
        assertThat(known("old")).isEmpty();

        for (int number = 0; number < 5_000; number++) {
            received("id " + number);
            clock.move(REMEMBERED.dividedBy(100));
        }

        assertThat(Files.size(file())).isLessThan(1_000 * line);
    }

    @Test
    void beyondTheMostTheOldestAreForgottenAndNoOthers() throws IOException {
        RequestLines lines = new RequestLines(file(), 1_000);
        for (int number = 0; number < 3_000; number++) {
            QueueId queueId = QueueId.next(clock);
            String key = Digested.sha256("id " + number % 2_500); // the first 500 come again
            RequestBook.Entry entry = new RequestBook.Entry(CONTENT, "-", queueId, clock.instant(), false);
            lines.add(new RequestLines.Line(key, entry), Instant.MIN);
            lines.confirm(queueId.value());
        }

        RequestLines kept = new RequestLines(file(), 1_000);

        for (int number = 0; number < 2_500; number++) {
            assertThat(kept.find(Digested.sha256("id " + number)).map(RequestBook.Entry::committed))
                    .as("id %d", number)
                    .isEqualTo(number < 500 || number >= 2_000 ? Optional.of(true) : Optional.empty());
        }
    }

    @Test
    @DisplayName("P8: a week's ids of a busy application take little of a small heap")
    void aHundredThousandIdsTakeLittleMemory() throws Exception {
        try (Writer lines = Files.newBufferedWriter(file())) {
            for (int number = 0; number < 100_000; number++) {
                String key = Digested.sha256("id " + number);
                long queueId = 1_000_000_000_000_000L + number;
                lines.write("E %s %s - %d %d\n".formatted(key, CONTENT, queueId, clock.millis()));
                lines.write("C " + queueId + "\n");
            }
        }
        // else a collection leaves dead objects lie where moving the living ones would not pay, and they count
        List<String> command = OwnJava.running(OpenedBook.class.getName(), "-XX:MarkSweepAlwaysCompactCount=1");
        command.add(file().toString());

        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String taken = new String(program.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();

        assertThat(program.waitFor()).isZero();
        assertThat(Long.parseLong(taken)).isLessThan(5 << 20);
        open();
        assertThat(known("id 0")).isPresent();
    }
}
