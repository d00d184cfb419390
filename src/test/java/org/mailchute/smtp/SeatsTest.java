package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.smtp.ScriptedServer.Script;
import org.mailchute.testing.MovableClock;

@DisplayName("P6: the lanes of one mailbox have its sessions together, as the server counts them")
class SeatsTest {
    private static final String OK = "ann@contoso.com END_OF_DATA 250 2.0.0 queued";

    private final MovableClock clock = new MovableClock();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private static List<String> send(SessionPool pool) {
        return TestPeer.lines(TestPeer.send(pool, TestPeer.to("ann@contoso.com"), TestPeer.message("hello")));
    }

    @Test
    void aKeptSessionOfAnotherLaneGivesWayAndTheServerHasHeardSoBefore() throws Exception {
        Script first = dialogue -> {
            dialogue.greet();
            dialogue.accept();
            seen.add(dialogue.hear());
            dialogue.say("221 bye");
        };
        Script second = dialogue -> {
            seen.add("second");
            dialogue.greet();
            dialogue.accept();
            dialogue.hear();
        };
        Seats seats = new Seats(() -> 1);
        try (ScriptedServer server = new ScriptedServer(first, second);
                SessionPool one = new SessionPool(TestPeer.plain(server.port()), clock, seats);
                SessionPool other = new SessionPool(TestPeer.plain(server.port()), clock, seats)) {
            assertThat(send(one)).containsExactly(OK);
            assertThat(send(other)).containsExactly(OK);
            assertThat(seen).containsExactly("QUIT", "second");
            assertThat(one.open()).isZero();
            assertThat(other.open()).isEqualTo(1);
        }
    }

    @Test
    void whoFindsAllInUseWaitsWhicheverLaneUsesThem() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Script slow = dialogue -> {
            dialogue.greet();
            dialogue.on("MAIL", "250 ok").on("RCPT", "250 ok").on("DATA", "354 go");
            dialogue.body();
            seen.add("first");
            waitFor(answer);
            dialogue.say("250 2.0.0 queued");
            dialogue.hear();
            dialogue.say("221 bye");
        };
        Script quick = dialogue -> {
            seen.add("second");
            dialogue.greet();
            dialogue.accept();
            dialogue.hear();
        };
        Seats seats = new Seats(() -> 1);
        try (ScriptedServer server = new ScriptedServer(slow, quick);
                SessionPool one = new SessionPool(TestPeer.plain(server.port()), clock, seats);
                SessionPool other = new SessionPool(TestPeer.plain(server.port()), clock, seats)) {
            CompletableFuture<List<String>> first = CompletableFuture.supplyAsync(() -> send(one));
            Awaitility.await("it is under way").until(() -> seen.contains("first"));
            CompletableFuture<List<String>> second = CompletableFuture.supplyAsync(() -> send(other));
            Awaitility.await("the second waits")
                    .during(Duration.ofMillis(300))
                    .until(() -> seen.equals(List.of("first")));
            answer.countDown();
            assertThat(first.join()).containsExactly(OK);
            assertThat(second.join()).containsExactly(OK);
            assertThat(seen).containsExactly("first", "second");
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName(
            "P6: before each MAIL the sender is asked, also before that to a second session when the first was gone")
    void eachMailIsAskedFor() throws Exception {
        Script closesAfterOne = dialogue -> {
            dialogue.greet();
            dialogue.accept();
        };
        Script lasting = dialogue -> {
            dialogue.greet();
            dialogue.accept();
            dialogue.hear();
        };
        List<String> asked = new ArrayList<>();
        try (ScriptedServer server = new ScriptedServer(closesAfterOne, lasting);
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 1)) {
            send(pool, () -> asked.add("first"));
            assertThat(send(pool, () -> asked.add("second"))).containsExactly(OK);
            assertThat(asked).containsExactly("first", "second", "second");
        }
    }

    @Test
    void whoMayNotBeginSaysNothingToTheServerAndHoldsNoSession() throws Exception {
        Script never = dialogue -> seen.add("connected");
        try (ScriptedServer server = new ScriptedServer(never);
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 1)) {
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> send(pool, () -> {
                            throw new IllegalStateException("not now");
                        }))
                        .hasMessage("not now");
            }
            assertThat(pool.open()).isZero();
        }
        assertThat(seen).isEmpty();
    }

    private static List<String> send(SessionPool pool, Runnable beforeMail) {
        return TestPeer.lines(
                TestPeer.send(pool, TestPeer.to("ann@contoso.com"), TestPeer.message("hello"), beforeMail));
    }
}
