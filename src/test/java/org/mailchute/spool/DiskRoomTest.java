package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.LogLines;

class DiskRoomTest {
    private volatile double used = 0.5;
    private final DiskRoom room = new DiskRoom(Path.of("/var/lib/mailchute"), () -> used);

    private CompletableFuture<Void> waiting() {
        return CompletableFuture.runAsync(() -> {
            try {
                room.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void thereIsRoomUntilShortlyBeforeTheBrokersLimit() {
        used = 0.929;
        assertThat(room.isClosed()).isFalse();
        waiting().join();
        used = 0.93;
        assertThat(room.isClosed()).isTrue();
    }

    @Test
    void itTellsOnceThatItIsFullAndOnceThatItIsWell() {
        try (LogLines log = LogLines.of(DiskRoom.class.getName())) {
            for (double now : new double[] {0.5, 0.94, 0.96, 0.5, 0.5}) {
                used = now;
                room.look();
            }
            assertThat(log.lines())
                    .containsExactly(
                            "ERROR the disk of /var/lib/mailchute is 94 % full: nothing is taken or sent until it is below 93 %; make room there",
                            "INFO the disk of /var/lib/mailchute has room again: mail goes on");
        }
    }

    @Test
    void whoWaitsGoesOnWhenThereIsRoom() {
        used = 0.99;
        CompletableFuture<Void> waiting = waiting();
        assertThat(waiting).isNotDone();
        used = 0.5;
        room.look();
        await("goes on").until(waiting::isDone);
        waiting.join();
    }

    @Test
    void whoWaitsWhenTheGatewayEndsBeginsNothing() {
        used = 0.99;
        CompletableFuture<Void> waiting = waiting();
        room.end();
        assertThatThrownBy(waiting::join)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the gateway ends, and the disk of /var/lib/mailchute is 99 % full");
    }

    @Test
    void aRealDiskCanBeAsked(@TempDir Path home) throws Exception {
        Files.createDirectory(home.resolve("messages"));
        assertThat(DiskRoom.of(home).fault().orElse("")).matches("|the disk of .* is \\d+ % full: .*");
    }

    @Test
    void messagesThatCannotBeOpenedAreToldOfThoughNobodyMissedThem(@TempDir Path home) throws Exception {
        Path messages = Files.createDirectory(home.resolve("messages"));
        DiskRoom real = DiskRoom.of(home);
        try (LogLines log = LogLines.of(DiskRoom.class.getName())) {
            Files.move(messages, home.resolve("away"));
            real.look();
            real.look();
            assertThat(real.fault().orElse("")).startsWith(messages + " cannot be read and written (");
            Files.move(home.resolve("away"), messages);
            real.look();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains(" read and written"))
                    .hasSize(2)
                    .last()
                    .isEqualTo("INFO " + messages + " can be read and written again: mail goes on");
        }
    }
}
