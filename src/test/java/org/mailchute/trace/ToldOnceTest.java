package org.mailchute.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.LogLines;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Which events the mail log and the meters hear of when the broker gives some again. */
class ToldOnceTest {
    @TempDir
    Path folder;

    private final List<String> heard = new ArrayList<>();
    private LogLines log;
    private Path file;

    @BeforeEach
    void open() {
        log = LogLines.of("mail");
        file = folder.resolve("events.told");
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** As after kill -9: whoever had it open is not asked. */
    private ToldOnce opened() throws IOException {
        return ToldOnce.open(file, new MailLog(), List.of(event -> heard.add(event.queueId())));
    }

    private static DeliveryEvent event(String id) {
        return DeliveryEvent.of(Kind.ACCEPTED, Instant.EPOCH)
                .message(id, "", "folder:scans", 1)
                .event();
    }

    private static void tell(ToldOnce once, String... ids) {
        for (String id : ids) {
            once.tell("ID:" + id, event(id));
        }
    }

    private void logs(String... lines) {
        assertThat(log.lines()).containsExactly(lines);
    }

    private static String line(String id) {
        return "INFO accepted id=" + id + " source=folder:scans bytes=1";
    }

    @Test
    @DisplayName("P10: what was told before kill -9 is not told again, though the broker gives it again")
    void whatWasToldBeforeAKillIsNotToldAgain() throws Exception {
        tell(opened(), "a", "b");
        tell(opened(), "a", "b", "c");
        tell(opened(), "a", "b", "c");
        logs(line("a"), line("b"), line("c"));
        assertThat(heard).containsExactly("a", "b", "c");
    }

    @Test
    void whatComesAgainInTheSameProcessIsNotToldAgain() throws Exception {
        ToldOnce once = opened();
        tell(once, "a", "b", "a");
        logs(line("a"), line("b"));
    }

    @Test
    void theOneThatWasJustBeingToldIsToldAgainAsAPossibleRepeat() throws Exception {
        tell(opened(), "a");
        Files.writeString(file, "telling ID:b\n", StandardOpenOption.APPEND);
        tell(opened(), "a", "b", "c");
        tell(opened(), "a", "b", "c");
        logs(line("a"), line("b") + " repeat=perhaps", line("c"));
    }

    @Test
    void afterACommitTheFileIsEmptyAndTheSameMayBeToldAnew() throws Exception {
        ToldOnce once = opened();
        tell(once, "a", "b");
        once.committed();
        assertThat(file).isEmptyFile();
        tell(once, "c");
        tell(opened(), "c", "d");
        logs(line("a"), line("b"), line("c"), line("d"));
    }

    @Test
    void halfALineAndASpoiltFileCostARepeatAtTheMost() throws Exception {
        tell(opened(), "a");
        Files.writeString(file, "\u0000\nto", StandardOpenOption.APPEND);
        tell(opened(), "a", "b");
        Files.write(file, new byte[] {(byte) 0xff, 0, 1});
        tell(opened(), "a");
        logs(line("a"), line("b"), line("a"));
    }

    @Test
    void whereItCannotBeNotedItIsToldAndTheFaultOnce() throws Exception {
        ToldOnce once = opened();
        once.close();
        try (LogLines faults = LogLines.of("org.mailchute.trace")) {
            tell(once, "a", "b");
            once.committed();
            assertThat(faults.lines()).hasSize(1).first().asString().startsWith("WARN " + file + " cannot be written");
        }
        logs(line("a"), line("b"));
    }
}
