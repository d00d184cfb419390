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
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.QueueId;
import org.mailchute.testing.MovableClock;

class RejectedRoomTest {
    @TempDir
    Path root;

    private final MovableClock clock = new MovableClock();

    private RejectedRoom room(Optional<Path> own) {
        return RejectedRoom.in(root.resolve("home"), "billing", own, clock);
    }

    private Path place() {
        return root.resolve("home/rejected/billing");
    }

    /** All of it a hole, which takes nothing of the disk. */
    private static Path large(Path folder, long bytes) throws IOException {
        Path file = Files.createDirectories(folder).resolve("large.json");
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(bytes);
        }
        return file;
    }

    private Claimed claimed(Companion... companions) throws IOException {
        Path file = Files.writeString(root.resolve("request.json"), "12345");
        return new Claimed(QueueId.next(clock), "billing", "request.json", file, "", List.of(companions));
    }

    @Test
    void whatTakesAGigabyteStopsItsIntakeUntilThereIsRoom() throws Exception {
        Path large = large(place(), RejectedRoom.BYTES);
        RejectedRoom room = room(Optional.empty());

        assertThat(room.lacks())
                .hasValueSatisfying(why -> assertThat(why).contains("look at and remove what lies in " + place()));
        Files.delete(large);
        clock.move(Duration.ofSeconds(4));
        assertThat(room.lacks()).as("not listed for every message").isPresent();
        clock.move(Duration.ofSeconds(1));
        assertThat(room.lacks()).isEmpty();
    }

    @Test
    void afterAStepBackOfTheClockRoomIsSeenToo() throws Exception {
        Path large = large(place(), RejectedRoom.BYTES);
        RejectedRoom room = room(Optional.empty());
        assertThat(room.lacks()).isPresent();

        Files.delete(large);
        clock.move(Duration.ofHours(-5));

        assertThat(room.lacks()).isEmpty();
    }

    @Test
    void whatIsRefusedIsAddedAndTheWholeIsNotListedAnew() throws Exception {
        RejectedRoom room = room(Optional.empty());
        assertThat(room.lacks()).as("nothing was ever refused").isEmpty();
        Companion page = Companion.at(Companion.Role.PAGE, Files.writeString(root.resolve("page"), "123"));
        Companion gone = Companion.at(Companion.Role.PAGE, root.resolve("gone"));
        Claimed claimed = claimed(page, gone);
        assertThat(RejectedRoom.weight(claimed)).isEqualTo(8);

        room.rests(place().resolve("request.json"), claimed, RejectedRoom.BYTES - 1);
        assertThat(room.lacks()).isEmpty();
        room.rests(root.resolve("elsewhere/request.json"), claimed, 1);
        assertThat(room.lacks()).as("not in home").isEmpty();
        room.rests(place().resolve("request.json"), claimed, 1);
        assertThat(room.lacks()).isPresent();
        clock.move(Duration.ofSeconds(5));
        assertThat(room.lacks()).as("on disk it is less").isEmpty();
    }

    @Test
    void filesAreCountedTooEachWithItsReason() throws Exception {
        RejectedRoom room = room(Optional.empty());
        assertThat(room.lacks()).isEmpty();
        Claimed claimed = claimed();
        for (int number = 1; number < RejectedRoom.FILES / 2; number++) {
            room.rests(place().resolve("request.json"), claimed, 0);
        }
        assertThat(room.lacks()).isEmpty();
        room.rests(place().resolve("request.json"), claimed, 0);
        assertThat(room.lacks()).isPresent();
    }

    @Test
    void aPlaceOfItsOwnInHomeCountsAndOneElsewhereDoesNot() throws Exception {
        large(root.resolve("home/own"), RejectedRoom.BYTES);
        assertThat(room(Optional.of(root.resolve("home/own"))).lacks()).isPresent();
        large(root.resolve("elsewhere"), RejectedRoom.BYTES);
        assertThat(room(Optional.of(root.resolve("elsewhere"))).lacks()).isEmpty();
    }
}
