package org.mailchute.polled;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Ledger;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.watch.Patience;
import org.mailchute.watch.WaitingFiles;

class PolledServerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path home;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Ledger ledger;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TakenFiles taken;

    @SuppressWarnings("NullAway.Init") // set before each test
    private LogLines log;

    @BeforeEach
    void open() throws Exception {
        ledger = Ledger.open(home, "plant.taken", TakenFiles.capacity(), false);
        taken = new TakenFiles(ledger);
        log = LogLines.of("org.mailchute.watch.WaitingFiles");
    }

    @AfterEach
    void close() throws Exception {
        log.close();
        ledger.close();
    }

    private PolledServer server(Clock clock) throws IOException {
        Files.createDirectories(home.resolve("messages"));
        Patience patience = new Patience(Duration.ofSeconds(10), Duration.ofDays(1), false);
        return new PolledServer(
                new Site("127.0.0.1", 21, "scanner", "", 1000, false),
                taken,
                new UnreadFiles(),
                new WaitingFiles("plant", patience, Duration.ofSeconds(1), clock),
                DiskRoom.of(home),
                clock);
    }

    private static GenericFile<?> file(String name) {
        GenericFile<Object> file = new GenericFile<>();
        file.setAbsoluteFilePath("in/" + name);
        file.setFileNameOnly(name);
        return file;
    }

    /** Its rest ends while we look: what is told belongs to the rest that was found, and the next day has its own. */
    @Test
    void aFileIsToldOfOnceHoweverTimePassesWhileItIsLookedAt() throws Exception {
        Deque<Instant> times = new ArrayDeque<>(List.of(
                NOON.plus(MINUTE),
                NOON.plus(MINUTE.multipliedBy(2)),
                NOON.plus(MINUTE.multipliedBy(3)),
                NOON.plus(Duration.ofHours(25))));
        InstantSource time = () -> times.size() > 1 ? times.remove() : times.getFirst();
        PolledServer server = server(time.withZone(ZoneOffset.UTC));
        GenericFile<?> file = file("scan.pdf");
        taken.taken(PolledServer.listed(file), "hash", "sent", NOON);
        taken.refused(PolledServer.listed(file), "450 Busy", NOON);

        int looks = 0;
        while (server.rests(file, Duration.ZERO)) {
            looks++;
        }
        assertThat(looks).isPositive();
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void aFileThatThereIsNoRoomToNoteIsToldOfOnceAndDaily() throws Exception {
        for (int i = 0; i < TakenFiles.MOST; i++) {
            taken.taken(PolledServer.listed(file(i + ".pdf")), "hash", "sent", NOON);
        }
        MovableClock clock = new MovableClock(NOON);
        PolledServer server = server(clock);
        for (int look = 0; look < 3; look++) {
            assertThat(server.rests(file("new.pdf"), Duration.ZERO)).isTrue();
        }
        assertThat(log.lines())
                .containsExactly(
                        "WARN intake plant: \"new.pdf\" is not fetched from 127.0.0.1:21: more than 20000 files that"
                                + " were sent stay there: delete them");
        clock.move(Duration.ofHours(25));
        assertThat(server.rests(file("new.pdf"), Duration.ZERO)).isTrue();
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void aFileLargerThanIsAcceptedIsNotFetchedAndToldOfOnceAndDaily() throws Exception {
        MovableClock clock = new MovableClock(NOON);
        PolledServer server = server(clock);
        GenericFile<?> large = file("large.pdf");
        large.setFileLength(1001);
        for (int look = 0; look < 3; look++) {
            assertThat(server.rests(large, Duration.ZERO)).isTrue();
        }
        assertThat(log.lines())
                .singleElement(as(STRING))
                .startsWith("WARN intake plant: \"large.pdf\" is not fetched from 127.0.0.1:21: 1,001 octets, 1,000 are"
                        + " allowed; it stays there");
        clock.move(Duration.ofHours(25));
        assertThat(server.rests(large, Duration.ZERO)).isTrue();
        assertThat(log.lines()).hasSize(2);
        large.setFileLength(1000);
        assertThat(server.rests(large, Duration.ZERO)).isFalse();
    }
}
