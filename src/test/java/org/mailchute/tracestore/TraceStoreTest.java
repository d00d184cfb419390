package org.mailchute.tracestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.tracestore.Traces.EIGHT;
import static org.mailchute.tracestore.Traces.anything;
import static org.mailchute.tracestore.Traces.received;
import static org.mailchute.tracestore.Traces.then;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.tracestore.TraceQuery.Outcome;
import org.mailchute.tracestore.TracedMessage.TracedRecipient;

/** What holds in a file; {@link PostgresTraceTest} has the same rules for the other database. */
class TraceStoreTest {
    private static final String ONE = "00MFX2K1AB7Q0Z9A";
    private static final String TWO = "00MFX2K1AB7Q0Z9B";
    private static final String ANNA = "anna.berg@contoso.example";
    private static final String BEN = "ben@fabrikam.example";

    @TempDir
    Path home;

    private @Nullable TraceStore store;

    TracePlan plan() throws Exception {
        return Traces.file();
    }

    private TraceStore store() throws Exception {
        TraceStore open = store == null ? new TraceStore(plan(), home) : store;
        store = open;
        return open;
    }

    @AfterEach
    void close() throws SQLException {
        if (store != null) {
            store.close();
        }
    }

    private Stream<String> found(String words) throws Exception {
        return store().find(anything(words)).stream().map(TracedMessage::queueId);
    }

    private Outcome outcome(String id, String address) throws Exception {
        return store().story(id).orElseThrow().message().recipients().stream()
                .filter(recipient -> recipient.address().equals(address))
                .map(TracedRecipient::outcome)
                .findFirst()
                .orElseThrow();
    }

    /** The next character is among Java's last, or is two of Java's. */
    @Test
    void aWordIsFoundByItsBeginningWhateverFollows() throws Exception {
        store().write(List.of(received(ONE, "", "\u5C71\uFF71", ANNA), received(TWO, "", "\u5C71\uD842\uDFB7", BEN)));
        assertThat(found("\u5C71")).containsExactlyInAnyOrder(ONE, TWO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna.berg@contoso.example",
                "anna",
                "BERG",
                "scanner@contoso.example",
                "scan_4711.pdf",
                "4711",
                "Rechnung",
                "müller",
                "rech müll",
                "<00MFX2K1AB7Q0Z9A@gateway.contoso.example>",
                "00MFX2K1AB7Q0Z9A",
                "folder:reception",
                "reception"
            })
    void aMessageIsFoundByEachWordAndItsBeginning(String words) throws Exception {
        store().write(List.of(
                received(ONE, "scan_4711.pdf", "Rechnung Müller & Söhne", ANNA), received(TWO, "b", "c", BEN)));
        assertThat(found(words))
                .contains(ONE)
                .satisfies(ids -> assertThat(ids.size()).isLessThanOrEqualTo(2));
        assertThat(found(words + " nothing-like-it")).isEmpty();
    }

    @Test
    void whatBeginsOtherwiseIsNotFound() throws Exception {
        store().write(List.of(received(ONE, "scan.pdf", "Invoice", ANNA)));
        for (String word : List.of("nvoice", "invoices", "%", "_", "inv%", "'")) {
            assertThat(found(word)).as(word).isEmpty();
        }
    }

    @Test
    void theNewestComeFirstAndNoMoreThanAsked() throws Exception {
        store().write(List.of(received(ONE, "a", "", ANNA), received(TWO, "b", "", ANNA)));
        assertThat(found("")).containsExactly(TWO, ONE);
        TraceQuery one = new TraceQuery("", EIGHT, EIGHT.plusSeconds(1), Optional.empty(), 1);
        assertThat(store().find(one)).extracting(TracedMessage::queueId).containsExactly(TWO);
        TraceQuery before = new TraceQuery("", EIGHT.minusSeconds(1), EIGHT, Optional.empty(), 1);
        assertThat(store().find(before)).isEmpty();
    }

    @Test
    void eachRecipientHasAnOutcomeOfItsOwn() throws Exception {
        store().write(List.of(
                received(ONE, "a", "", ANNA, BEN),
                then(Kind.DEFERRED, 1, ONE, ANNA, BEN),
                then(Kind.ACCEPTED, 2, ONE, ANNA),
                then(Kind.DEAD, 3, ONE, BEN)));
        assertThat(outcome(ONE, ANNA)).isEqualTo(Outcome.ACCEPTED);
        assertThat(outcome(ONE, BEN)).isEqualTo(Outcome.DEAD);
        TraceQuery dead = new TraceQuery("", EIGHT, EIGHT.plusSeconds(9), Optional.of(Outcome.DEAD), 50);
        assertThat(store().find(dead)).hasSize(1);
        TraceQuery waiting = new TraceQuery("", EIGHT, EIGHT.plusSeconds(9), Optional.of(Outcome.WAITING), 50);
        assertThat(store().find(waiting)).isEmpty();
    }

    @Test
    void anEventThatComesTwiceOrLateChangesNothing() throws Exception {
        TraceStore.Told taken = received(ONE, "a", "", ANNA);
        TraceStore.Told later = then(Kind.DEFERRED, 1, ONE, ANNA);
        TraceStore.Told last = then(Kind.ACCEPTED, 2, ONE, ANNA);
        store().write(List.of(taken, last));
        store().write(List.of(taken, later, last));
        assertThat(outcome(ONE, ANNA)).isEqualTo(Outcome.ACCEPTED);
        assertThat(store().story(ONE).orElseThrow().events())
                .extracting(TraceStory.TracedEvent::kind)
                .containsExactly(Kind.RECEIVED, Kind.DEFERRED, Kind.ACCEPTED);
    }

    /** A search asks several questions. */
    @Test
    void whatIsToldIsOfOneMomentThoughEventsComeMeanwhile() throws Exception {
        store().write(List.of(received(ONE, "a", "", ANNA)));
        CompletableFuture<Void> more = CompletableFuture.runAsync(() -> {
            for (int attempt = 1; attempt <= 300; attempt++) {
                write(then(attempt % 2 == 0 ? Kind.ACCEPTED : Kind.DEAD, attempt, ONE, ANNA));
            }
        });
        while (!more.isDone()) {
            TraceStory story = store().story(ONE).orElseThrow();
            Kind last = story.events().get(story.events().size() - 1).kind();
            Outcome outcome = story.message().recipients().get(0).outcome();
            assertThat(outcome.name()).isEqualTo(last == Kind.RECEIVED ? "WAITING" : last.name());
        }
        more.join();
    }

    private void write(TraceStore.Told event) {
        try {
            store().write(List.of(event));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWasRefusedIsFoundByItsFile() throws Exception {
        TraceStore.Told refused = new TraceStore.Told(
                "1",
                org.mailchute.trace.DeliveryEvent.of(Kind.REFUSED, EIGHT)
                        .message(ONE, "", "folder:reception", 0)
                        .named("broken.pdf", "")
                        .because("", "not whole", "scan it again")
                        .event());
        store().write(List.of(refused));
        TraceStory story = store().story(ONE).orElseThrow();
        assertThat(found("broken.pdf")).containsExactly(ONE);
        assertThat(story.message().recipients())
                .extracting(TracedRecipient::outcome)
                .containsExactly(Outcome.REFUSED);
        assertThat(story.events()).extracting(TraceStory.TracedEvent::reason).containsExactly("not whole");
    }

    @Test
    void anyTextIsKeptAsFarAsItsColumnGoes() throws Exception {
        String hostile = "a\0b'; drop table event; -- \u202E\uD83D\uDE00 " + "\uD83D\uDE00".repeat(600);
        String address = "\"" + "x".repeat(500) + "\"@contoso.example";
        store().write(List.of(received(ONE, hostile, hostile, address, ANNA), then(Kind.ACCEPTED, 1, ONE, address)));
        TracedMessage message = store().story(ONE).orElseThrow().message();
        assertThat(message.subject()).startsWith("ab'; drop table event; -- ").hasSizeLessThanOrEqualTo(1_000);
        assertThat(message.recipients())
                .extracting(TracedRecipient::outcome)
                .containsExactlyInAnyOrder(Outcome.ACCEPTED, Outcome.WAITING);
    }

    @Test
    void aPersonIsErasedAndTheOthersStay() throws Exception {
        store().write(List.of(
                received(ONE, "Berg.pdf", "Anna Berg", ANNA, BEN),
                then(Kind.ACCEPTED, 1, ONE, ANNA, BEN),
                received(TWO, "other.pdf", "", BEN)));
        assertThat(store().forget("ANNA.Berg@contoso.example", "")).isEqualTo(new TraceStore.Erased(1, ""));
        assertThat(store().story(ONE).orElseThrow().toString())
                .doesNotContainIgnoringCase("anna")
                .doesNotContain("Berg")
                .contains(BEN, "(erased)");
        assertThat(found("berg")).isEmpty();
        assertThat(found(BEN)).containsExactly(TWO, ONE);
        assertThat(found("other.pdf")).containsExactly(TWO);
        assertThat(store().forget(ANNA, "").messages()).isZero();
    }

    @Test
    void whoHasManyMessagesIsErasedInStepsEachOfWhichIsDone() throws Exception {
        List<TraceStore.Told> all = new ArrayList<>();
        for (int i = 0; i < 501; i++) {
            all.add(received("%016d".formatted(i), "a", "", ANNA));
        }
        store().write(all);

        TraceStore.Erased first = store().forget(ANNA, "");
        assertThat(first).isEqualTo(new TraceStore.Erased(500, "%016d".formatted(499)));
        assertThat(found(ANNA)).containsExactly("%016d".formatted(500));
        assertThat(store().forget(ANNA, first.last())).isEqualTo(new TraceStore.Erased(1, ""));
        assertThat(found(ANNA)).isEmpty();
    }

    @Test
    void whatIsTooOldIsForgottenWithAllThatSpeaksOfIt() throws Exception {
        store().write(List.of(received(ONE, "a", "", ANNA), then(Kind.ACCEPTED, 1, ONE, ANNA)));
        assertThat(store().expire(EIGHT)).isZero();
        assertThat(store().expire(EIGHT.plusSeconds(1))).isEqualTo(1);
        assertThat(store().story(ONE)).isEmpty();
        assertThat(found("")).isEmpty();
    }

    @Test
    void whatWasOnItsWayBeforeThereWasATraceIsKnownFromThenOn() throws Exception {
        store().write(List.of(then(Kind.ACCEPTED, 1, ONE, ANNA)));
        assertThat(outcome(ONE, ANNA)).isEqualTo(Outcome.ACCEPTED);
        assertThat(store().expire(EIGHT.plusSeconds(2))).isEqualTo(1);
    }

    @Test
    void subjectsAndNamesOfFilesAreNotKeptWhereTheyShallNotBe() throws Exception {
        TracePlan silent = new TracePlan(Duration.ofDays(1), false, plan().postgres());
        try (TraceStore other = new TraceStore(silent, home)) {
            other.write(List.of(received(ONE, "secret.pdf", "secret", ANNA)));
            assertThat(other.story(ONE).orElseThrow().toString()).doesNotContain("secret");
            assertThat(other.find(anything("secret"))).isEmpty();
            assertThat(other.find(anything(ANNA))).hasSize(1);
        }
    }

    @Test
    void allIsThereWhenItIsOpenedAgain() throws Exception {
        store().write(List.of(received(ONE, "a", "", ANNA)));
        store().close();
        store = null;
        assertThat(found(ANNA)).containsExactly(ONE);
    }
}
