package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

class RefusedInputTest {
    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock(RequestTexts.NOON);

    private Path spare() {
        return home.resolve("rejected/billing");
    }

    private RefusedInput input() {
        RejectedRoom room = RejectedRoom.in(home, "billing", Optional.empty(), clock);
        return new RefusedInput("jms:billing", room, new RejectedPlace(spare()), clock);
    }

    private Claimed claimed() throws IOException {
        Path incoming = Files.createDirectories(home.resolve("incoming"));
        Path page = Files.writeString(incoming.resolve("page"), "page");
        return new Claimed(
                RequestTexts.ID,
                "billing",
                "request\n.json",
                Files.writeString(incoming.resolve("request"), "{}"),
                "",
                List.of(Companion.at(Companion.Role.PAGE, page)));
    }

    private static Refused why() {
        return new Refused("no recipient", "name one");
    }

    @Test
    void itRestsInItsPlaceWithItsReason() throws Exception {
        RejectedPlace own = new RejectedPlace(home.resolve("own"));
        input().rests(claimed(), why(), own, false);

        assertThat(home.resolve("own/page")).hasContent("page");
        assertThat(home.resolve("own/request_.json")).hasContent("{}");
        assertThat(FilesIn.folder(home.resolve("incoming"))).isEmpty();
        assertThat(spare()).doesNotExist();
    }

    @Test
    void whereItsPlaceCannotBeWrittenItRestsInHomeAndThatIsTold() throws Exception {
        RejectedPlace own = new RejectedPlace(Files.writeString(home.resolve("own"), "a file"));
        try (LogLines log = LogLines.of(RefusedInput.class.getName())) {
            input().rests(claimed(), why(), own, false);

            assertThat(spare().resolve("request_.json")).hasContent("{}");
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith(
                                    "ERROR id=00MFX2K1AB7Q0Z9C source=jms:billing file=\"request?.json\" is refused")
                            .endsWith("so it rests at " + spare().resolve("request_.json")));
        }
    }

    @Test
    void inAFullHomeOnlyWhatSeveralSendersShareIsThrownAwayWhichIsToldOnceADay() throws Exception {
        RefusedInput input = input();
        try (RandomAccessFile hole = new RandomAccessFile(
                        Files.createDirectories(spare()).resolve("hole").toFile(), "rw");
                LogLines log = LogLines.of(RefusedInput.class.getName())) {
            hole.setLength(RejectedRoom.BYTES);
            for (Duration later : List.of(Duration.ZERO, Duration.ofHours(23), Duration.ofHours(1))) {
                clock.move(later);
                input.rests(claimed(), why(), new RejectedPlace(spare()), true);
                assertThat(FilesIn.folder(home.resolve("incoming"))).isEmpty();
            }
            assertThat(FilesIn.folder(spare())).hasSize(1);
            assertThat(log.lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("WARN intake billing keeps no more of what it refuses"));

            input.rests(claimed(), why(), new RejectedPlace(spare()), false);
            assertThat(spare().resolve("request_.json")).hasContent("{}");
        }
    }
}
