package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;

@DisplayName("P3: what was claimed and is not enqueued comes again")
class RecoveryTest {
    @TempDir
    Path home;

    private final QueueId id = QueueId.next(Clock.systemUTC());
    private final List<Claimed> again = new ArrayList<>();
    private Incoming incoming;

    @BeforeEach
    void open() throws IOException {
        incoming = Incoming.open(home.resolve("incoming"), "desk");
    }

    private Recovery recovery(Consumer<Claimed> how) throws IOException {
        return new Recovery("folder:desk", incoming, Spool.open(home), Optional.of(how));
    }

    private Claimed claim() throws IOException {
        return incoming.claim(Files.writeString(home.resolve("scan.pdf"), "scan"), id);
    }

    @Test
    void whatACrashLeftIsTakenUpUnderItsQueueIdAndToldOf() throws Exception {
        Claimed claimed = claim();
        Recovery inThatProcess = recovery(again::add);
        inThatProcess.run();
        assertThat(again).as("under way").isEmpty();

        incoming = Incoming.open(home.resolve("incoming"), "desk");
        try (LogLines log = LogLines.of(Recovery.class.getName())) {
            Recovery next = recovery(again::add);
            next.run();
            next.run();
            assertThat(again).as("once, it is under way now").containsExactly(claimed);
            assertThat(log.lines())
                    .containsExactly("INFO id=" + id + " source=folder:desk file=\"scan.pdf\" is taken up again");
        }
    }

    @Test
    void whatFailedIsTriedAtEachLookWithoutAWord() throws Exception {
        incoming.leave(claim(), "the disk is full");
        try (LogLines log = LogLines.of(Recovery.class.getName())) {
            Recovery recovery = recovery(claimed -> {
                again.add(claimed);
                incoming.leave(claimed, "the disk is full");
            });
            recovery.run();
            recovery.run();
            assertThat(again).hasSize(2);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void whatItsSourceStillHasIsLetGoAndNobodyReliesOnIt() throws Exception {
        Claimed claimed = claim();
        Spool spool = Spool.open(home);
        Files.writeString(home.resolve("messages").resolve(id + ".ticket"), "{}");
        incoming.leave(claimed);

        new Recovery("ftp:desk", incoming, spool, Optional.empty()).run();

        assertThat(FilesIn.folder(incoming.folder())).isEmpty();
        assertThat(spool.has(id)).isTrue();
        assertThat(spool.isSure(id)).isFalse();
    }

    @Test
    void aFaultIsToldOfOnceUntilItIsWell() throws Exception {
        Recovery recovery = recovery(again::add);
        try (LogLines log = LogLines.of(Recovery.class.getName())) {
            Files.delete(incoming.folder());
            recovery.run();
            recovery.run();
            Files.createDirectory(incoming.folder());
            recovery.run();
            Files.delete(incoming.folder());
            recovery.run();
            assertThat(log.lines())
                    .hasSize(2)
                    .allMatch(
                            line -> line.startsWith(
                                    "ERROR source=folder:desk: a claim cannot be taken up again, which is tried every half minute: "));
        }
    }
}
