package org.mailchute.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

class NoticeBookTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Condition HELD =
            new Condition("lane:mailbox", Optional.of("mailbox"), "Lane mailbox is held", "refused", "mend it");

    private final MovableClock clock = new MovableClock();

    @TempDir
    Path home;

    private NoticeBook book;

    @BeforeEach
    void open() throws IOException {
        book = opened();
    }

    private NoticeBook opened() throws IOException {
        return NoticeBook.open(home.resolve("notices.json"), () -> Plans.USUAL, clock);
    }

    private DeliveryEvent dead(int number, String from, String reason) {
        return event(Kind.DEAD, number, from, reason, "jms:applications");
    }

    private DeliveryEvent event(Kind kind, int number, String from, String reason, String source) {
        return DeliveryEvent.of(kind, clock.instant())
                .message("%016d".formatted(number), "<%d@contoso.example>".formatted(number), source, 1)
                .envelope(from, List.of("leaver%d@contoso.example".formatted(number)))
                .because("550 5.1.1 %d".formatted(number), reason, "Correct the address.")
                .event();
    }

    private void die(int from, int to, String sender, String reason) {
        for (int number = from; number < to; number++) {
            book.note("event-" + number, dead(number, sender, reason));
        }
    }

    /** All that may be told now. */
    private List<Notice> told() {
        List<Notice> all = new ArrayList<>();
        for (Optional<Notice> next = book.next(); next.isPresent(); next = book.next()) {
            all.add(next.get());
            book.told(next.get());
        }
        return all;
    }

    private static long count(Notice notice) {
        return notice.causes().stream().mapToLong(Cause::count).sum();
    }

    @Test
    void aStormOfDeadLettersMakesOneMailAndOneDigest() {
        die(0, 10_000, "erp@contoso.example", "The recipient does not exist.");
        assertThat(told()).singleElement().satisfies(notice -> {
            assertThat(notice.to()).isEqualTo("erp@contoso.example");
            assertThat(count(notice)).isEqualTo(10_000);
            assertThat(notice.causes().get(0).some()).hasSize(Cause.SHOWN);
        });
        die(10_000, 20_000, "erp@contoso.example", "The recipient does not exist.");
        clock.move(HOUR.minusMillis(1));
        assertThat(told()).isEmpty();
        clock.move(Duration.ofMillis(1));
        assertThat(told())
                .singleElement()
                .satisfies(digest -> assertThat(count(digest)).isEqualTo(10_000));
    }

    @Test
    void theFirstIsToldAtOnceAndWhatFollowsWithIt() {
        die(0, 1, "erp@contoso.example", "Unknown.");
        assertThat(told())
                .singleElement()
                .satisfies(first -> assertThat(first.single())
                        .hasValueSatisfying(
                                matter -> assertThat(matter.event().queueId()).isEqualTo("0".repeat(16))));
        die(1, 2, "erp@contoso.example", "Unknown.");
        die(2, 3, "erp@contoso.example", "Mailbox full.");
        assertThat(told())
                .as("another cause")
                .singleElement()
                .satisfies(other -> assertThat(other.causes().get(0).reason()).isEqualTo("Mailbox full."));
        clock.move(HOUR);
        assertThat(told())
                .singleElement()
                .satisfies(digest -> assertThat(count(digest)).isEqualTo(1));
        clock.move(HOUR.multipliedBy(2));
        assertThat(told()).as("nothing new").isEmpty();
        die(3, 4, "erp@contoso.example", "Unknown.");
        assertThat(told()).as("at once again").hasSize(1);
    }

    @Test
    void atMostSoManyAnHourWhoeverIsTold() {
        Set<String> all = new HashSet<>();
        for (int hour = 0; hour < 3; hour++) {
            for (int number = 0; number < 50; number++) {
                die(100 * hour + number, 100 * hour + number + 1, "app" + number + "@contoso.example", "Unknown.");
            }
            List<Notice> told = told();
            assertThat(told).hasSize(20);
            told.forEach(notice -> all.add(notice.to()));
            clock.move(HOUR);
        }
        assertThat(all).as("who has waited longest comes first").hasSize(50);
    }

    @Test
    void whatHasTooManyCausesIsCountedForTheAdministrator() {
        for (int number = 0; number < 1_000; number++) {
            die(number, number + 1, "app" + number + "@contoso.example", "Unknown.");
        }
        List<Notice> all = new ArrayList<>();
        for (int hour = 0; hour < 12; hour++) {
            all.addAll(told());
            clock.move(HOUR);
        }
        assertThat(all).hasSize(201);
        assertThat(all.get(200).isForAdministrator()).isTrue();
        assertThat(count(all.get(200))).isEqualTo(800);
    }

    @Test
    void nobodyIsToldOfANotice() {
        book.note("x", event(Kind.DEAD, 1, "", "Unknown.", "notice:gateway"));
        assertThat(told()).isEmpty();
    }

    @Test
    void whatMayHaveArrivedTwiceIsTold() {
        book.note("1", event(Kind.ACCEPTED, 1, "erp@contoso.example", "", "jms:applications"));
        book.note("2", event(Kind.ACCEPTED, 2, "erp@contoso.example", DeliveryEvent.PERHAPS_TWICE, "jms:applications"));
        assertThat(told())
                .singleElement()
                .satisfies(notice -> assertThat(notice.single())
                        .hasValueSatisfying(matter -> assertThat(matter.what()).isEqualTo(Matter.What.TWICE)));
    }

    @Test
    void anEventThatComesTwiceIsCountedOnceAcrossARestart() throws IOException {
        die(0, 3, "erp@contoso.example", "Unknown.");
        book.save();
        book = opened();
        die(0, 3, "erp@contoso.example", "Unknown.");
        assertThat(told())
                .singleElement()
                .satisfies(notice -> assertThat(count(notice)).isEqualTo(3));
    }

    @Test
    void aRestartNeitherForgetsNorRepeats() throws IOException {
        die(0, 1, "erp@contoso.example", "Unknown.");
        book.stand(List.of(HELD));
        String id = book.next().orElseThrow().id();
        book.save();
        book = opened();
        assertThat(book.next().orElseThrow().id())
                .as("the broker knows it by that")
                .isEqualTo(id);
        assertThat(told()).hasSize(2);
        book.save();
        book = opened();
        book.stand(List.of(HELD));
        assertThat(told()).isEmpty();
    }

    @Test
    void aFileThatIsSpoiltStopsNothing() throws IOException {
        Files.writeString(home.resolve("notices.json"), "{\"told\":7");
        book = opened();
        die(0, 1, "erp@contoso.example", "Unknown.");
        assertThat(told()).hasSize(1);
    }

    @Test
    void aConditionIsToldOnceAndThatItIsOverOnce() {
        book.stand(List.of(HELD));
        book.stand(List.of(HELD));
        assertThat(told()).singleElement().satisfies(notice -> {
            assertThat(notice.isForAdministrator()).isTrue();
            assertThat(notice.spared()).containsExactly("mailbox");
        });
        clock.move(HOUR.multipliedBy(3));
        book.stand(List.of(HELD));
        assertThat(told()).isEmpty();
        book.stand(List.of());
        assertThat(told())
                .singleElement()
                .satisfies(
                        notice -> assertThat(notice.changes().get(0).stands()).isFalse());
        clock.move(HOUR.multipliedBy(3));
        book.stand(List.of());
        assertThat(told()).isEmpty();
    }

    @Test
    void oneThatComesAndGoesIsToldOfOnceAnHour() {
        int notices = 0;
        for (int minute = 0; minute < 120; minute++) {
            book.stand(minute % 2 == 0 ? List.of(HELD) : List.of());
            notices += told().size();
            clock.move(Duration.ofMinutes(1));
        }
        assertThat(notices).isEqualTo(4);
    }

    @Test
    void oneThatIsOverBeforeItWasToldIsNotTold() {
        book.stand(List.of(HELD));
        book.stand(List.of());
        assertThat(told()).isEmpty();
    }

    @Test
    void whomNothingCanBeSentToTheAdministratorLearnsOf() {
        die(0, 2, "erp@contoso.example", "Unknown.");
        book.redirect(book.next().orElseThrow());
        assertThat(told()).singleElement().satisfies(notice -> {
            assertThat(notice.isForAdministrator()).isTrue();
            assertThat(count(notice)).isEqualTo(2);
        });
    }

    @Test
    void whatComesWhileANoticeIsOnItsWayIsNotLost() {
        die(0, 1, "erp@contoso.example", "Unknown.");
        Notice first = book.next().orElseThrow();
        die(1, 3, "erp@contoso.example", "Unknown.");
        book.told(first);
        clock.move(HOUR);
        assertThat(told())
                .singleElement()
                .satisfies(digest -> assertThat(count(digest)).isEqualTo(2));
    }

    @Test
    void aMessageIsLookedAtOnceWhenItHasWaitedSoLong() {
        assertThat(book.delayed()).isEmpty();
        clock.move(Duration.ofMinutes(1));
        NoticeBook.Span span = book.delayed().orElseThrow();
        assertThat(Duration.between(span.from(), span.to())).isEqualTo(Duration.ofMinutes(1));
        assertThat(Duration.between(span.to(), clock.instant())).isEqualTo(Duration.ofHours(4));
        book.looked(span);
        assertThat(book.delayed()).isEmpty();
    }

    @Test
    void aClockThatWasAheadKeepsNothingQuiet() {
        clock.move(Duration.ofDays(1_000));
        book.looked(book.delayed().orElseThrow());
        for (int number = 0; number < 20; number++) {
            die(number, number + 1, "app" + number + "@contoso.example", "Unknown.");
        }
        book.stand(List.of(HELD));
        assertThat(told()).hasSize(20);
        clock.move(Duration.ofDays(-1_000));
        die(100, 101, "app1@contoso.example", "Unknown.");
        assertThat(told()).hasSize(2);
        assertThat(book.delayed()).isEmpty();
        clock.move(Duration.ofMinutes(1));
        assertThat(book.delayed()).isPresent();
    }
}
