package org.mailchute.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.steps.PollTrouble;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

class FolderRoomTest {
    /** Octets; to list and remember ten files of temporary folders takes more, whatever their paths; to list them less. */
    private static final long SOME = 4_000;

    @TempDir
    Path folder;

    @TempDir
    Path notes;

    private static void fill(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int number = 0; number < 10; number++) {
            Files.createFile(folder.resolve("scan-" + number + ".pdf"));
        }
    }

    @Test
    @DisplayName(
            "P8: however many files somebody puts into a watched folder, they are counted before memory is spent on them")
    void aFolderOfMoreFilesThanFitIsToldAndNotListed() throws Exception {
        MovableClock clock = new MovableClock();
        RejectedRoom rejected = RejectedRoom.in(folder.resolve("home"), "desk", Optional.empty(), clock);
        PollTrouble trouble = new PollTrouble(
                "desk",
                clock,
                rejected,
                Optional.empty(),
                Optional.of(new FolderRoom(SOME, Stabilities.all(notes, Duration.ZERO, clock))),
                new GivingWay(() -> 0, clock));
        try (DefaultCamelContext context = new DefaultCamelContext();
                LogLines log = LogLines.ofIntakes()) {
            FileEndpoint endpoint = context.getEndpoint("file:" + folder, FileEndpoint.class);
            Consumer consumer = endpoint.createConsumer(exchange -> {});
            assertThat(trouble.begin(consumer, endpoint)).isTrue();
            fill(folder);
            assertThat(trouble.begin(consumer, endpoint)).isFalse();
            assertThat(trouble.begin(consumer, endpoint)).isFalse();
            assertThat(trouble.standing()).isTrue();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "WARN intake desk cannot be polled, and is tried again at each poll: it holds more files than");
            for (int number = 1; number < 10; number++) {
                Files.delete(folder.resolve("scan-" + number + ".pdf"));
            }
            assertThat(trouble.begin(consumer, endpoint)).isTrue();
            trouble.commit(consumer, endpoint, 1);
            assertThat(trouble.standing()).isFalse();
        }
    }

    @Test
    void thoseOfTheFoldersInItCountTogetherAndAnewAtEachLook() throws IOException {
        Path one = folder.resolve("anna");
        Path two = folder.resolve("ben");
        fill(one);
        fill(two);
        FolderRoom room = new FolderRoom(3_000, Stabilities.some(notes, Duration.ZERO, new MovableClock(), SOME));
        room.begin();
        assertThat(room.lacks(one)).isEmpty();
        assertThat(room.lacks(two)).isPresent();
        room.begin();
        assertThat(room.lacks(two)).isEmpty();
    }

    @Test
    void whereFilesStandAloneTheirListingCountsAndNotWhatIsRememberedOfSomeOfThem() throws IOException {
        fill(folder);
        MovableClock clock = new MovableClock();
        assertThat(new FolderRoom(SOME, Stabilities.some(notes, Duration.ZERO, clock, SOME)).lacks(folder))
                .isEmpty();
        assertThat(new FolderRoom(SOME, Stabilities.all(notes, Duration.ZERO, clock)).lacks(folder))
                .isPresent();
    }

    @Test
    void aFolderThatIsGoneLacksNothingHere() throws IOException {
        assertThat(new FolderRoom(SOME, Stabilities.all(notes, Duration.ZERO, new MovableClock()))
                        .lacks(folder.resolve("gone")))
                .isEmpty();
    }
}
