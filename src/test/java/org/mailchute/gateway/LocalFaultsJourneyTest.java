package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.SetClock;
import org.mailchute.testing.SmallDisk;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Carries out {@code proof/local-faults.csv}, row by row, at one gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P3, P7, P10: what goes wrong on the machine itself is told once, the rest goes on, and nothing is lost")
class LocalFaultsJourneyTest {
    private static final long JOURNAL = 64L << 20;

    @RegisterExtension
    static final Town TOWN = new Town();

    private final LogLines log = LogLines.of("ROOT");
    private final SetClock clock = new SetClock();
    private final Map<String, Fault> faults = new HashMap<>();
    private boolean mayMount;

    /** What is done to the machine, and undone. */
    private interface Fault {
        /** @param scan is to be saved some time before the end */
        void begins(String scan) throws Exception;

        default void ends(String scan) throws Exception {
            // for a spoilt note it is over with the start
        }

        /** In words of the log, if it is told that it is over. */
        default String over() {
            return "";
        }
    }

    record Row(String where, String what, String told, String then) {
        static Row of(String line) {
            String[] cells = line.split(",");
            return new Row(cells[0], cells[1], cells[2], cells[3]);
        }

        String key() {
            return where + ": " + what;
        }

        @Override
        public String toString() {
            return key() + ": " + then;
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream table =
                Objects.requireNonNull(LocalFaultsJourneyTest.class.getResourceAsStream("/proof/local-faults.csv"))) {
            return Arrays.stream(new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .skip(1)
                    .map(Row::of);
        }
    }

    /** What the notes tell is there first, then they are spoilt. */
    @BeforeAll
    void begin() throws Exception {
        Path journal = TOWN.folder("home/broker");
        mayMount = SmallDisk.mount(journal, JOURNAL + "");
        TOWN.withClock(clock).withFolder("share", "stableFor: 0s").start();
        TOWN.scan("scans", "first", "content");
        TOWN.publish(
                "{\"id\": \"r1\", \"to\": [\"buyer@fabrikam.example\"], \"subject\": \"Reminder\", \"text\": \"Pay.\"}");
        TOWN.awaitReceived(2);
        TOWN.awaitEmptySpool();
        TOWN.command("lanes", "hold", "connector");
        TOWN.stop();
        for (String room : List.of("lanes", "budget", "requests", "seen")) {
            spoil(TOWN.home().resolve(room));
        }
        faults.put(
                "watched folder: moved away and back", new Moved(TOWN.folder("scans"), "intake scans is polled again"));
        faults.put("watched folder: share unmounted and mounted", new Unmounted());
        faults.put(
                "messages: moved away and back",
                new Missed(new Moved(
                        TOWN.home().resolve("messages"), "messages can be read and written again: mail goes on")));
        faults.put("journal: its own disk is full", new Full(journal));
        faults.put("clock: five hours back", new Step(Duration.ofHours(-5)));
        faults.put("clock: five hours forward", new Step(Duration.ofHours(5)));
        faults.put("ticket: not JSON", new Spoilt(".ticket", file -> Files.writeString(file, "{\"queueId\":")));
        faults.put("ticket: not text", new Spoilt(".ticket", file -> Files.write(file, new byte[] {(byte) 0xff, 0})));
        faults.put("ticket: missing", new Spoilt(".ticket", Files::delete));
        faults.put("payload: cut short", new Spoilt(".0", file -> Files.write(file, new byte[] {'c'})));
        faults.put("payload: missing", new Spoilt(".0", Files::delete));
        TOWN.start();
    }

    /** In its first line, whatever it is. */
    private static void spoil(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String rest =
                        file.toString().endsWith(".json") ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
                Files.writeString(file, "\0\u00ff spoilt\n" + rest, StandardCharsets.ISO_8859_1);
            }
        }
    }

    @AfterAll
    void end() throws Exception {
        TOWN.stop();
        log.close();
        if (mayMount) {
            SmallDisk.letGo(TOWN.home().resolve("broker"));
            SmallDisk.letGo(TOWN.folder("share"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theFaultIsToldOnceAndEndsAsTheTableSays(Row row) throws Exception {
        boolean spoiltBefore = row.where().startsWith("note of ");
        int before = spoiltBefore ? 0 : log.lines().size();
        String scan = (row.where() + "-" + row.what()).replace(' ', '-');
        Fault fault = spoiltBefore
                ? name -> TOWN.scan("scans", name, "content of " + name)
                : Objects.requireNonNull(faults.get(row.key()), row.key());
        fault.begins(scan);
        await("it is told").until(() -> said(row.told(), before) > 0);
        if (row.where().equals("watched folder")) {
            TOWN.scan("both", "beside-" + scan, "content");
            await("others go on").until(() -> mailed("beside-" + scan) > 0);
        }
        fault.ends(scan);
        if (row.then().equals("dead")) {
            await("its end").until(() -> dead(row) == 1);
            assertThat(mailed(scan)).isZero();
        } else {
            await("its end").until(() -> mailed(scan) > 0);
            assertThat(mailed(scan)).isEqualTo(1);
        }
        if (!fault.over().isEmpty()) {
            await("it is told that it is over").until(() -> said(fault.over(), before) > 0);
            assertThat(said(fault.over(), before)).isEqualTo(1);
        }
        assertThat(said(row.told(), before)).as("times told").isEqualTo(1);
    }

    /** How many lines say so, from that one on. */
    private long said(String words, int before) {
        return log.lines().stream()
                .skip(before)
                .filter(line -> line.contains(words))
                .count();
    }

    private long mailed(String scan) throws IOException {
        long count = 0;
        for (var mail : TOWN.received()) {
            count += mail.recipients().contains("anna@contoso.example")
                            && Letters.text(mail).contains("Subject: Scan " + scan + "\r\n")
                    ? 1
                    : 0;
        }
        return count;
    }

    private static long dead(Row row) {
        List<DeliveryEvent> dead = TOWN.events(Kind.DEAD);
        return dead.isEmpty() || !dead.get(dead.size() - 1).reason().contains(row.told()) ? 0 : 1;
    }

    private interface Deed {
        void happens() throws Exception;
    }

    /** While its lane is held, which is released then. */
    private static void whileOneWaits(String scan, Deed deed) throws Exception {
        TOWN.command("lanes", "hold", "direct");
        TOWN.scan("scans", scan, "content of " + scan);
        await("it is queued")
                .until(() -> TOWN.events(Kind.RECEIVED).stream()
                        .anyMatch(event -> event.name().startsWith(scan)));
        deed.happens();
        TOWN.command("lanes", "release", "direct");
    }

    /** A folder that goes away. */
    private record Moved(Path folder, String over) implements Fault {
        @Override
        public void begins(String scan) throws Exception {
            Files.move(folder, away());
        }

        @Override
        public void ends(String scan) throws Exception {
            Files.move(away(), folder);
            TOWN.scan("scans", scan, "content of " + scan);
        }

        private Path away() {
            return folder.resolveSibling("away");
        }
    }

    /** The spool's messages, which are missed by what waits in a lane. */
    private record Missed(Moved messages) implements Fault {
        @Override
        public void begins(String scan) throws Exception {
            // for no other lane: that would meet the fault before the release
            whileOneWaits("waits-" + scan, () -> messages.begins(scan));
        }

        @Override
        public void ends(String scan) throws Exception {
            messages.ends(scan);
            // the lane may have met it before the release, which is refused then
            await("it is released")
                    .until(() -> TOWN.command("lanes", "release", "direct").exitCode() == 0);
        }

        @Override
        public String over() {
            return messages.over();
        }
    }

    /** The watched folder called share. */
    private final class Unmounted implements Fault {
        @Override
        public void begins(String scan) throws Exception {
            assumeTrue(mayMount, "this user may not mount a small disk (tmpfs)");
            Path folder = TOWN.folder("share");
            SmallDisk.mount(folder, "1m");
            TOWN.scan("share", "on-the-share", "content");
            await("the share is watched").until(() -> mailed("on-the-share") == 1);
            SmallDisk.letGo(folder);
        }

        @Override
        public void ends(String scan) throws Exception {
            Path folder = TOWN.folder("share");
            SmallDisk.mount(folder, "1m");
            TOWN.scan("share", scan, "content of " + scan);
            await("it is mailed").until(() -> mailed(scan) == 1);
        }

        @Override
        public String over() {
            return "intake share is polled again";
        }
    }

    /** Up to where nothing is begun any more. */
    private final class Full implements Fault {
        private final Path disk;

        Full(Path disk) {
            this.disk = disk;
        }

        @Override
        public void begins(String scan) throws Exception {
            assumeTrue(mayMount, "this user may not mount a small disk (tmpfs)");
            SmallDisk.fill(disk, disk.resolve("filler"), JOURNAL * 13 / 200);
            TOWN.scan("scans", scan, "content of " + scan);
        }

        @Override
        public void ends(String scan) throws Exception {
            assertThat(TOWN.ready()).startsWith("503 not ready: the disk of " + disk);
            assertThat(mailed(scan)).isZero();
            Files.delete(disk.resolve("filler"));
        }

        @Override
        public String over() {
            return "broker has room again: mail goes on";
        }
    }

    private final class Step implements Fault {
        private final Duration by;

        Step(Duration by) {
            this.by = by;
        }

        @Override
        public void begins(String scan) throws Exception {
            clock.set(by);
            TOWN.scan("scans", scan, "content of " + scan);
            await("it is mailed all the same").until(() -> mailed(scan) == 1);
        }

        @Override
        public void ends(String scan) {
            clock.set(Duration.ZERO);
        }

        @Override
        public String over() {
            return "was set " + (by.isNegative() ? "forward" : "back") + " by 300 min";
        }
    }

    private interface Damage {
        void to(Path file) throws IOException;
    }

    /** While its lane is held. */
    private record Spoilt(String suffix, Damage damage) implements Fault {
        @Override
        public void begins(String scan) throws Exception {
            whileOneWaits(scan, () -> damage.to(file()));
        }

        private Path file() throws IOException {
            try (Stream<Path> files = Files.list(TOWN.home().resolve("messages"))) {
                return files.filter(file -> file.toString().endsWith(suffix))
                        .max(java.util.Comparator.naturalOrder()) // the newest
                        .orElseThrow();
            }
        }
    }
}
