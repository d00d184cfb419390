package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.SpoolJson;
import org.mailchute.spool.Ticket;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What lies in the spool and is spoilt, or cannot be read for a while, when its turn comes. */
class SpoiltSpoolJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    @BeforeEach
    void nothingLeavesYet() throws Exception {
        town.start();
        town.command("lanes", "hold", "direct");
    }

    /** The queue id of each scan, by its name. */
    private Map<String, String> waiting(String... scans) throws Exception {
        for (String scan : scans) {
            town.scan("scans", scan, "content of " + scan);
        }
        await("they wait").until(() -> town.events(Kind.RECEIVED).size() == scans.length);
        try (Stream<Path> files = Files.list(messages())) {
            return files.filter(file -> file.toString().endsWith(".ticket"))
                    .map(SpoiltSpoolJourneyTest::ticket)
                    .collect(Collectors.toMap(
                            ticket -> ticket.source().name(),
                            ticket -> ticket.queueId().value()));
        }
    }

    private static Ticket ticket(Path file) {
        try {
            return SpoolJson.read(Files.readString(file), Ticket.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path messages() throws IOException {
        return town.home().resolve("messages");
    }

    private Path file(@Nullable String id, String kind) throws IOException {
        return messages().resolve(Objects.requireNonNull(id) + kind);
    }

    @Test
    @DisplayName("P7: a spoilt message is a dead letter with its reason at once, and holds up no other")
    void aSpoiltMessageIsADeadLetterAtOnce() throws Exception {
        Map<String, String> ids = waiting("garbage", "octets", "gone", "short", "lost", "good");
        Files.writeString(file(ids.get("garbage"), ".ticket"), "{\"queueId\":");
        Files.write(file(ids.get("octets"), ".ticket"), new byte[] {(byte) 0xff, 0, 0, 0});
        Files.delete(file(ids.get("gone"), ".ticket"));
        Files.write(file(ids.get("short"), ".0"), "content".getBytes(StandardCharsets.UTF_8));
        Files.delete(file(ids.get("lost"), ".0"));

        town.command("lanes", "release", "direct");

        town.awaitReceived(1);
        await("dead").until(() -> town.events(Kind.DEAD).size() == 5);
        Map<String, DeliveryEvent> dead =
                town.events(Kind.DEAD).stream().collect(Collectors.toMap(DeliveryEvent::queueId, Function.identity()));
        for (Map.Entry<String, String> why : Map.of(
                        "garbage", "cannot be understood",
                        "octets", "cannot be understood",
                        "gone", ".ticket is missing",
                        "short", ".0 was cut short, 9 octets are missing",
                        "lost", ".0 is missing")
                .entrySet()) {
            DeliveryEvent event = Objects.requireNonNull(dead.get(ids.get(why.getKey())), why.getKey());
            assertThat(event.reason()).contains("spoilt on the gateway's own disk", why.getValue());
            assertThat(event.remedy()).contains("backup");
            assertThat(event.attempt()).isEqualTo(1);
        }
        assertThat(town.received()).hasSize(1);

        String short1 = Objects.requireNonNull(ids.get("short"));
        assertThat(town.command("dead", "replay", short1).err())
                .contains("was cut short")
                .doesNotContain("\tat ");
        Files.writeString(file(short1, ".0"), "content of short");
        assertThat(town.command("dead", "replay", short1).err()).isEmpty();
        town.awaitReceived(2);
        for (String lost : List.of("garbage", "octets", "gone", "lost")) {
            assertThat(town.command("dead", "drop", Objects.requireNonNull(ids.get(lost)))
                            .exitCode())
                    .isZero();
        }
        assertThat(town.command("dead", "list").out()).contains("0 dead letters");
        town.stop();
        town.start();
        await("what the stop left is told")
                .until(() -> FilesIn.folder(messages()).isEmpty());
        assertThat(FilesIn.folder(town.home().resolve("set-aside")))
                .extracting(file -> file.getFileName().toString())
                .contains(ids.get("garbage") + ".0", ids.get("octets") + ".0");
    }

    @Test
    @DisplayName(
            "P5: while nothing in the spool can be read all wait, it is told once, and nobody's attempts are used up")
    void whileTheSpoolCannotBeReadAllWait() throws Exception {
        try (LogLines log = LogLines.of(DiskRoom.class.getName())) {
            Map<String, String> ids = waiting("one", "two", "three");
            Path away = messages().resolveSibling("away");
            Files.move(messages(), away);

            town.command("lanes", "release", "direct");
            await("it is told").until(() -> !log.lines().isEmpty());
            assertThat(town.ready())
                    .startsWith("503 not ready: ")
                    .contains("messages cannot be read and written")
                    .contains("nothing is taken or sent");
            Files.move(away, messages());
            // the lane may have met it before the release, which is refused then
            await("it is released")
                    .until(() -> town.command("lanes", "release", "direct").exitCode() == 0);

            town.awaitReceived(ids.size());
            town.awaitEmptySpool();
            assertThat(town.events(Kind.ACCEPTED)).allMatch(event -> event.attempt() == 1);
            assertThat(town.events(Kind.DEAD)).isEmpty();
            assertThat(town.received()).hasSize(ids.size());
            assertThat(town.ready()).startsWith("200 ");
            await("the end of it is told").until(() -> log.lines().size() > 1);
            assertThat(log.lines())
                    .satisfiesExactly(
                            begun -> assertThat(begun).startsWith("ERROR ").contains("cannot be read and written"),
                            over -> assertThat(over)
                                    .startsWith("INFO ")
                                    .endsWith("messages can be read and written again: mail goes on"));
        }
    }
}
