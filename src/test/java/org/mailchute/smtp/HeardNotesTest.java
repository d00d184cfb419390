package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

/** What a lane still knows of its final dots when the process has died. */
class HeardNotesTest {
    private static final Reply TAKEN = new Reply(250, "2.6.0 queued");

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("lanes").resolve("direct.heard");
    }

    /** As after kill -9: whoever had it open is not asked. */
    private HeardNotes opened() throws IOException {
        return HeardNotes.open(file, clock, delivery -> true, false);
    }

    private static Optional<HeardNote> noted(HeardNotes notes, String delivery) {
        try (HeardNotes.Turn turn = notes.turn(delivery)) {
            return turn.noted();
        }
    }

    private static void send(HeardNotes notes, String delivery, RecipientReply... refused) throws IOException {
        try (HeardNotes.Turn turn = notes.turn(delivery)) {
            turn.leaves(List.of(refused));
            turn.answered(TAKEN);
        }
    }

    private static RecipientReply refused(String recipient) {
        return new RecipientReply(ForwardPath.parse(recipient), Stage.RCPT, new Reply(550, "5.1.1 \"unknown\"\\"));
    }

    @Test
    @DisplayName("P3: a dot that had left is known after kill -9, with its time")
    void aDotThatHadLeftIsKnown() throws Exception {
        Instant left = clock.instant();
        opened().turn("one").leaves(List.of());
        clock.move(Duration.ofMinutes(3));

        HeardNote note = noted(opened(), "one").orElseThrow();

        assertThat(note.dotLeft()).isEqualTo(left);
        assertThat(TestPeer.lines(note.replies(TestPeer.to("ann@contoso.com"))))
                .containsExactly("ann@contoso.com END_OF_DATA no reply: the gateway ended before it had read the reply"
                        + " to the final dot");
        assertThat(noted(opened(), "another")).isEmpty();
    }

    @Test
    @DisplayName("P3: what was heard of each recipient is known after kill -9")
    void whatWasHeardOfEachRecipientIsKnown() throws Exception {
        send(opened(), "one", refused("bob@contoso.com"));

        for (int opening = 0; opening < 2; opening++) {
            HeardNote note = noted(opened(), "one").orElseThrow();
            assertThat(TestPeer.lines(
                            note.replies(TestPeer.to("ann@contoso.com", "bob@contoso.com", "cy@contoso.com"))))
                    .containsExactly(
                            "ann@contoso.com END_OF_DATA 250 2.6.0 queued",
                            "bob@contoso.com RCPT 550 5.1.1 \"unknown\"\\",
                            "cy@contoso.com END_OF_DATA 250 2.6.0 queued");
        }
    }

    @Test
    @DisplayName("P3: the same process knows it too, when the broker gives a delivery again")
    void theSameProcessKnowsIt() throws Exception {
        HeardNotes notes = opened();
        send(notes, "one");
        assertThat(noted(notes, "one").orElseThrow().reply()).contains(TAKEN);
    }

    @Test
    void whatIsCommittedIsForgottenAtOnceAndForGood() throws Exception {
        HeardNotes notes = opened();
        send(notes, "one");
        send(notes, "two");
        notes.committed("one");
        notes.committed("one");
        notes.committed("never heard of");

        assertThat(noted(notes, "one")).isEmpty();
        HeardNotes again = opened();
        assertThat(noted(again, "one")).isEmpty();
        assertThat(noted(again, "two")).isPresent();
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void whatNobodySendsAgainIsForgottenAtTheStart() throws Exception {
        HeardNotes notes = opened();
        send(notes, "one");
        send(notes, "two");
        assertThat(noted(HeardNotes.open(file, clock, "two"::equals, false), "one"))
                .isEmpty();
        assertThat(Files.readString(file)).contains("two").doesNotContain("one");
    }

    @Test
    void aLineThatIsSpoiltOrHalfIsLeftOutAndToldOfOnce() throws Exception {
        HeardNotes notes = opened();
        send(notes, "one");
        Files.writeString(file, "\u0000\u0000 spoilt\n{}\n", StandardOpenOption.APPEND);
        String half = HeardLine.dot("half", new HeardNote(clock.instant(), List.of(), Optional.empty()))
                .text()
                .strip();
        Files.writeString(file, half, StandardOpenOption.APPEND);
        try (LogLines log = LogLines.of("org.mailchute.smtp")) {
            HeardNotes again = opened();
            assertThat(noted(again, "one").orElseThrow().reply()).contains(TAKEN);
            assertThat(noted(again, "half")).isEmpty();
            opened();
            assertThat(log.lines())
                    .containsExactly("WARN " + file.toAbsolutePath()
                            + ": line 3, 4, 5 cannot be read and is left out: what it told of may be mailed twice");
        }
    }

    @Test
    void theFileStaysSmall() throws Exception {
        HeardNotes notes = opened();
        send(notes, "never committed");
        for (int number = 0; number < 12_000; number++) {
            send(notes, "delivery " + number);
            notes.committed("delivery " + number);
        }
        assertThat(file).content().contains("never committed");
        assertThat(Files.size(file)).isLessThan((1 << 20) + 1_000);
        assertThat(noted(opened(), "never committed").orElseThrow().reply()).contains(TAKEN);
    }

    @Test
    void whatCannotBeNotedIsAnErrorAndNotKnown() throws Exception {
        HeardNotes notes = opened();
        notes.close();
        try (HeardNotes.Turn turn = notes.turn("one")) {
            assertThatThrownBy(() -> turn.leaves(List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file.toAbsolutePath() + " cannot be written: ");
            assertThat(turn.noted()).isEmpty();
        }
    }

    @Test
    void aReplyThatCannotBeNotedIsKnownToThisProcessAndToldOfOnce() throws Exception {
        HeardNotes notes = opened();
        try (HeardNotes.Turn one = notes.turn("one");
                HeardNotes.Turn two = notes.turn("two");
                LogLines log = LogLines.of("org.mailchute.smtp")) {
            one.leaves(List.of());
            two.leaves(List.of());
            notes.close();
            one.answered(TAKEN);
            two.answered(TAKEN);
            assertThat(one.noted().orElseThrow().reply()).contains(TAKEN);
            assertThat(log.lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("WARN what the server says is not noted, and a crash now may cost a repeat: " + file);
        }
    }

    @Test
    @DisplayName("P3: a delivery that comes again while its first attempt waits for the reply waits with it")
    void aDeliveryThatComesAgainWaitsForItsFirstAttempt() throws Exception {
        HeardNotes notes = opened();
        List<String> heard = new CopyOnWriteArrayList<>();
        HeardNotes.Turn first = notes.turn("one");
        first.leaves(List.of());
        Thread second = new Thread(() -> heard.add(
                noted(notes, "one").orElseThrow().reply().orElseThrow().toString()));
        second.start();
        await("the second waits").until(() -> second.getState() == Thread.State.WAITING);
        assertThat(noted(notes, "another")).as("others do not wait").isEmpty();

        first.answered(TAKEN);
        assertThat(heard).isEmpty();
        first.close();

        second.join();
        assertThat(heard).containsExactly("250 2.6.0 queued");
    }

    @Test
    void whoHasASuccessorAndDoesNotKnowWritesNothingIntoItsNotes() throws Exception {
        try (HeardNotes former = opened();
                HeardNotes successor = opened()) {
            send(successor, "one");
            try (HeardNotes.Turn turn = former.turn("two")) {
                turn.leaves(List.of());
            }
        }
        try (HeardNotes next = opened()) {
            assertThat(noted(next, "one").orElseThrow().reply()).isPresent();
            assertThat(noted(next, "two")).isEmpty();
        }
    }
}
