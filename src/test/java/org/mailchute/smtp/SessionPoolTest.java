package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.mailchute.smtp.ScriptedServer.Script;
import org.mailchute.testing.MovableClock;

/** How long a session is kept, and what happens when the server did not keep it. */
class SessionPoolTest {
    private static final String OK = "ann@contoso.com END_OF_DATA 250 2.0.0 queued";

    private final MovableClock clock = new MovableClock();
    private final List<String> goodbyes = new CopyOnWriteArrayList<>();

    private Script accepting(int messages) {
        return dialogue -> {
            dialogue.greet();
            for (int i = 0; i < messages; i++) {
                dialogue.accept();
            }
            goodbyes.add(dialogue.hear());
        };
    }

    private static List<String> send(SessionPool pool) {
        return TestPeer.lines(TestPeer.send(pool, TestPeer.to("ann@contoso.com"), TestPeer.message("hello")));
    }

    @Test
    void aSessionIsKeptForTheNextMessage() throws Exception {
        try (ScriptedServer server = new ScriptedServer(accepting(2));
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50)) {
            assertThat(send(pool)).containsExactly(OK);
            assertThat(send(pool)).containsExactly(OK);
            assertThat(pool.opened()).isEqualTo(1);
            assertThat(pool.open()).isEqualTo(1);
            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void aSessionThatTheServerClosedWhileIdleIsReplacedByAFreshOne() throws Exception {
        Script closesAfterOne = dialogue -> {
            dialogue.greet();
            dialogue.accept();
        };
        try (ScriptedServer server = new ScriptedServer(closesAfterOne, accepting(1));
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50)) {
            send(pool);
            assertThat(send(pool)).containsExactly(OK);
            assertThat(pool.opened()).isEqualTo(2);
            assertThat(pool.open()).isEqualTo(1);
        }
    }

    @Test
    void a421OnAKeptSessionIsAnsweredByAFreshOne() throws Exception {
        Script tired = dialogue -> {
            dialogue.greet();
            dialogue.accept();
            dialogue.on("MAIL", "421 4.4.2 idle for too long");
        };
        try (ScriptedServer server = new ScriptedServer(tired, accepting(1));
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50)) {
            send(pool);
            assertThat(send(pool)).containsExactly(OK);
            assertThat(pool.opened()).isEqualTo(2);
        }
    }

    /** Exchange says it before it cuts an idle session; unread, it looks like the reply to the next MAIL. */
    @Test
    void aTimeoutSaidWhileTheSessionLayIdleIsNotTheAnswerToTheNextMessage() throws Exception {
        Script timesOut = dialogue -> {
            dialogue.greet("PIPELINING");
            dialogue.accept();
            dialogue.say("451 4.7.0 Timeout waiting for client input");
            dialogue.shutsAndDrains();
        };
        try (ScriptedServer server = new ScriptedServer(timesOut, accepting(1));
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50)) {
            send(pool);
            assertThat(send(pool)).containsExactly(OK);
            assertThat(pool.opened()).isEqualTo(2);
        }
    }

    @Test
    void aTemporaryRefusalOnAKeptSessionThatLivesOnIsTheAnswer() throws Exception {
        Script refuses = dialogue -> {
            dialogue.greet();
            dialogue.accept();
            dialogue.on("MAIL", "451 4.7.500 busy").on("RSET", "250 ok");
            dialogue.hear();
        };
        try (ScriptedServer server = new ScriptedServer(refuses);
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50)) {
            send(pool);
            assertThat(send(pool)).containsExactly("ann@contoso.com MAIL 451 4.7.500 busy");
            assertThat(pool.opened()).isEqualTo(1);
        }
    }

    @Test
    void a421OnAFreshSessionIsTheAnswer() throws Exception {
        Script busy = dialogue -> {
            dialogue.greet();
            dialogue.on("MAIL", "421 4.3.2 busy");
        };
        try (ScriptedServer server = new ScriptedServer(busy);
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50)) {
            assertThat(send(pool)).containsExactly("ann@contoso.com MAIL 421 4.3.2 busy");
            assertThat(pool.opened()).isEqualTo(1);
            assertThat(pool.open()).isZero();
        }
    }

    @Test
    void twoThatSendAllTheTimeKeepTheirTwoSessions() throws Exception {
        try (ScriptedServer server = new ScriptedServer(accepting(400), accepting(400), accepting(400));
                SessionPool pool = new SessionPool(TestPeer.lasting(server.port(), 1_000), clock, () -> 2)) {
            CompletableFuture<Void> one = CompletableFuture.runAsync(() -> sendOften(pool));
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> sendOften(pool));
            CompletableFuture.allOf(one, other).join();

            assertThat(pool.opened()).isLessThanOrEqualTo(2);
        }
    }

    private static void sendOften(SessionPool pool) {
        for (int number = 0; number < 200; number++) {
            assertThat(send(pool)).containsExactly(OK);
        }
    }

    @Test
    void aSessionEndsAfterItsNumberOfMessages() throws Exception {
        try (ScriptedServer server = new ScriptedServer(accepting(3));
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50)) {
            for (int i = 0; i < 4; i++) {
                assertThat(send(pool)).containsExactly(OK);
            }
            assertThat(pool.opened()).isEqualTo(2);
            await().until(() -> goodbyes.equals(List.of("QUIT")));
        }
    }

    @Test
    void anIdleSessionIsClosedWithQuitWhenItsTimeIsOver() throws Exception {
        try (ScriptedServer server = new ScriptedServer(accepting(1));
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50)) {
            send(pool);
            clock.move(Duration.ofSeconds(59));
            pool.reap();
            assertThat(pool.open()).isEqualTo(1);
            clock.move(Duration.ofSeconds(1));
            pool.reap();
            assertThat(pool.open()).isZero();
            await().until(() -> goodbyes.equals(List.of("QUIT")));
        }
    }

    @Test
    void aSessionIsNotKeptBeyondItsAge() throws Exception {
        try (ScriptedServer server = new ScriptedServer(accepting(1));
                SessionPool pool =
                        new SessionPool(TestPeer.idling(server.port(), Duration.ofHours(1)), clock, () -> 50)) {
            send(pool);
            clock.move(Duration.ofMinutes(10));
            assertThat(send(pool)).containsExactly(OK);
            assertThat(pool.opened()).isEqualTo(2);
        }
    }

    @Test
    void closingSaysGoodbyeToKeptSessions() throws Exception {
        try (ScriptedServer server = new ScriptedServer(accepting(1))) {
            SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50);
            send(pool);
            pool.close();
            assertThat(pool.open()).isZero();
            await().until(() -> goodbyes.equals(List.of("QUIT")));
        }
    }

    @Test
    void aServerThatTakesNoMoreOfTheBodyIsCutOff() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Script takesNoMore = dialogue -> {
            dialogue.greet();
            dialogue.on("MAIL", "250 ok");
            dialogue.on("RCPT", "250 ok");
            dialogue.on("DATA", "354 go");
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (ScriptedServer server = new ScriptedServer(takesNoMore);
                SessionPool pool = new SessionPool(TestPeer.plain(server.port()), clock, () -> 50)) {
            MimeMessage big = TestPeer.message("0123456789\r\n".repeat(3_000_000));
            CompletableFuture<List<RecipientReply>> sent =
                    CompletableFuture.supplyAsync(() -> TestPeer.send(pool, TestPeer.to("ann@contoso.com"), big));
            begun.await(); // no write before the body's is so slow that it has stalled, however fast this clock is
            await().until(() -> {
                clock.move(Duration.ofMinutes(1));
                pool.reap();
                return sent.isDone();
            });
            assertThat(TestPeer.lines(sent.join()).get(0)).startsWith("ann@contoso.com DATA no reply: ");
            end.countDown();
        }
    }
}
