package org.mailchute.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.intake.PagePattern;
import org.mailchute.intake.PageRule;
import org.mailchute.testing.MovableClock;

class PageSetsTest {
    private static final Duration QUIET = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final PageSets sets = new PageSets(
            new PageRule(PagePattern.parse("(?P<base>.+)[_-]p?(?P<page>[0-9]+)\\.(jpg|tif)"), QUIET), clock);
    /** When each came. */
    private final Map<Path, Instant> came = new HashMap<>();

    private Path page(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, name);
        came.put(file, clock.instant());
        return file;
    }

    /** A poll that finds these, in this order; those that are handed on. */
    private List<Path> poll(Path... files) {
        return Stream.of(files)
                .filter(file -> sets.ready(file, Duration.between(came.get(file), clock.instant()), true))
                .toList();
    }

    @Test
    void aSetIsHandedOnByItsFirstPageAfterTheQuietTimeAndItsPagesFollowByNumber() throws IOException {
        Path ten = page("Scan_10.jpg");
        Path two = page("scan_2.JPG");
        Path one = page("Scan_1.jpg");
        assertThat(poll(ten, two, one)).isEmpty();

        clock.move(QUIET);

        assertThat(poll(ten, two, one)).containsExactly(one);
        assertThat(sets.following(one)).hasValue(List.of(two, ten));
    }

    @Test
    void aPageThatComesLateBeginsTheQuietTimeAnew() throws IOException {
        Path one = page("Scan_1.jpg");
        poll(one);
        clock.move(QUIET.minusSeconds(1));
        Path two = page("Scan_2.jpg");
        poll(one, two);
        clock.move(QUIET.minusSeconds(1));
        assertThat(poll(one, two)).isEmpty();

        clock.move(Duration.ofSeconds(1));

        poll(one, two);
        assertThat(poll(one, two)).containsExactly(one);
        assertThat(sets.following(one)).hasValue(List.of(two));
    }

    @Test
    void aPageThatIsNotWholeHoldsItsSetAndNoOther() throws IOException {
        Path one = page("Scan_1.jpg");
        Path two = page("Scan_2.jpg");
        Path other = page("Other_1.jpg");
        poll(one, two, other);
        clock.move(QUIET);

        sets.ready(two, QUIET, false);

        assertThat(poll(one, other)).containsExactly(other);
        assertThat(sets.following(other)).hasValue(List.of());
        sets.ready(two, QUIET, true);
        assertThat(poll(one)).containsExactly(one);
    }

    @Test
    void pagesOfTheSameNameInTwoFoldersAreTwoScans() throws IOException {
        Path anna = page("anna/Scan_1.jpg");
        Path ben = page("ben/Scan_2.jpg");
        poll(anna, ben);

        clock.move(QUIET);

        assertThat(poll(anna, ben)).containsExactly(anna, ben);
        assertThat(sets.following(anna)).hasValue(List.of());
    }

    @Test
    void aPageThatSomebodyTakesAwayIsNotWaitedFor() throws IOException {
        Path one = page("Scan_1.jpg");
        Path two = page("Scan_2.jpg");
        Path three = page("Scan_3.jpg");
        poll(one, two, three);
        clock.move(QUIET);
        Files.delete(one);
        Files.delete(three);

        assertThat(poll(two)).containsExactly(two);
        assertThat(sets.following(two)).hasValue(List.of());
    }

    @Test
    void whatWasClaimedIsForgottenAndALatePageIsAScanOfItsOwn() throws IOException {
        Path one = page("Scan_1.jpg");
        Path two = page("Scan_2.jpg");
        poll(one, two);
        clock.move(QUIET);
        poll(one, two);
        sets.forget(one, sets.following(one).orElseThrow());
        Files.delete(one);
        Files.delete(two);

        Path three = page("Scan_3.jpg");
        poll(three);
        clock.move(QUIET);

        assertThat(poll(three)).containsExactly(three);
        assertThat(sets.following(three)).hasValue(List.of());
    }

    @Test
    void aPageThatComesBetweenHandingOnAndClaimKeepsTheSetInItsFolder() throws IOException {
        Path one = page("Scan_1.jpg");
        Path two = page("Scan_2.jpg");
        poll(one, two);
        clock.move(QUIET);
        assertThat(poll(two, one)).containsExactly(one);

        Path three = page("Scan_3.jpg");
        poll(one, two, three);

        assertThat(sets.following(one)).as("page 3 may still be written").isEmpty();
        clock.move(QUIET);
        assertThat(poll(three, two, one)).containsExactly(one);
        assertThat(sets.following(one)).hasValue(List.of(two, three));
    }

    @Test
    void aPageThatComesBeforeTheFirstTakesItsPlace() throws IOException {
        Path two = page("Scan_2.jpg");
        poll(two);
        clock.move(QUIET);
        assertThat(poll(two)).containsExactly(two);

        Path one = page("Scan_1.jpg");
        poll(one, two);
        clock.move(QUIET);
        assertThat(poll(two, one)).containsExactly(one);

        assertThat(sets.following(two)).as("handed on when it was alone").isEmpty();
        assertThat(sets.following(one)).hasValue(List.of(two));
    }

    @Test
    void ofMoreThan500PagesTheRestIsOneMoreScan() throws IOException {
        Path[] pages = new Path[PageSets.MOST + 2];
        for (int number = 0; number < pages.length; number++) {
            pages[number] = page("Scan_" + number + ".tif");
        }
        poll(pages);
        clock.move(QUIET);
        poll(pages);

        List<Path> following = sets.following(pages[0]).orElseThrow();
        sets.forget(pages[0], following);

        assertThat(following).hasSize(PageSets.MOST - 1);
        assertThat(poll(pages[500], pages[501])).containsExactly(pages[500]);
        assertThat(sets.following(pages[500])).hasValue(List.of(pages[501]));
    }

    @Test
    void aNameThatIsNoPagesIsNone() {
        assertThat(sets.holds(folder.resolve("Scan_1.jpg"))).isTrue();
        assertThat(List.of("Scan.jpg", "Scan_1.pdf", "Scan_1.jpg.txt", "_1.jpg", "Scan_1234567890.jpg"))
                .noneMatch(name -> sets.holds(folder.resolve(name)));
    }
}
