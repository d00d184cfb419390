package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.credentials.SecretText;
import org.mailchute.smtp.ScriptedServer.Script;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.smtp.SmtpPeer.Tls;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

/** Replies at the edges: cut short, too long, of servers that know no EHLO, or that offer something else over TLS. */
class EdgesTest extends OverTls {
    private static final String CLOSED = "no reply: 127.0.0.1 closed the connection";
    private static final Proof PASSWORD = new Proof.Password("scanner@contoso.com", new SecretText("pass"));

    private String send(Script script, Tls tls, Proof proof) throws IOException {
        try (ScriptedServer server = new ScriptedServer(script);
                SessionPool pool = pool(server, tls, proof, new MovableClock())) {
            return send(pool);
        }
    }

    private SessionPool pool(ScriptedServer server, Tls tls, Proof proof, Clock clock) {
        return new SessionPool(TestPeer.of("127.0.0.1", server.port(), tls, ours, proof), clock, () -> 50);
    }

    private static String send(SessionPool pool) {
        return TestPeer.lines(TestPeer.send(pool, TestPeer.to("ann@contoso.com"), TestPeer.message("x")))
                .get(0);
    }

    /** Over TLS, offering there what it says. */
    private Script tls(Script afterwards, String... offered) {
        return dialogue -> {
            dialogue.greet("STARTTLS", "AUTH NTLM", "PIPELINING");
            dialogue.startTls(theirs);
            dialogue.ehlo(offered);
            afterwards.run(dialogue);
        };
    }

    /** Everything up to a command, and then not a whole reply. */
    private static Script cutAt(String command, String half) {
        return dialogue -> {
            dialogue.greet();
            for (String[] step : new String[][] {{"MAIL", "250 ok"}, {"RCPT", "250 ok"}, {"DATA", "354 go"}}) {
                if (step[0].equals(command)) {
                    dialogue.hear();
                    dialogue.half(half);
                    return;
                }
                dialogue.on(step[0], step[1]);
            }
            dialogue.body();
            dialogue.half(half);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250 2.",
                "250 2.0.0 queued",
                "250",
                "2",
                "250-2.0.0\r\n250 que",
                "250 2.0.0 queued\r",
                "452 4.3.1 no"
            })
    @DisplayName("P3: a reply to the final dot without its line end is none: the delivery is uncertain")
    void halfAReplyToTheFinalDotIsNone(String half) throws Exception {
        assertThat(send(cutAt("dot", half), Tls.NONE, NOBODY)).isEqualTo("ann@contoso.com END_OF_DATA " + CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"MAIL,550 5.1.8 bad sen", "RCPT,550 5.1.1 unk", "RCPT,250 2.1", "DATA,354 go", "DATA,554 5"})
    void halfAReplyToACommandIsNone(String command, String half) throws Exception {
        assertThat(send(cutAt(command, half), Tls.NONE, NOBODY)).isEqualTo("ann@contoso.com " + command + " " + CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"220 te", "220-test\r\n220 rea", "554 5.7.1 go aw"})
    void halfABannerIsNone(String half) throws Exception {
        assertThat(send(dialogue -> dialogue.half(half), Tls.REQUIRED, OAUTH))
                .isEqualTo("ann@contoso.com GREETING " + CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 test", "250-test\r\n250 STARTT", "250-test\r\n250-STARTTLS\r\n", "550 5.7"})
    @DisplayName("P5: half a reply to EHLO does not say that STARTTLS is not offered")
    void halfAReplyToEhloIsNone(String half) throws Exception {
        Script script = dialogue -> {
            dialogue.say("220 test").hear();
            dialogue.half(half);
        };
        assertThat(send(script, Tls.REQUIRED, OAUTH)).isEqualTo("ann@contoso.com GREETING " + CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"220 go", "220", "454 4.7.0 TLS aw"})
    void halfAReplyToStartTlsIsNone(String half) throws Exception {
        Script script = dialogue -> {
            dialogue.greet("STARTTLS").hear();
            dialogue.half(half);
        };
        assertThat(send(script, Tls.REQUIRED, OAUTH)).isEqualTo("ann@contoso.com STARTTLS " + CLOSED);
    }

    @Test
    @DisplayName("P5: half a reply to EHLO over TLS does not say that no login is offered")
    void halfAReplyToEhloOverTlsIsNone() throws Exception {
        Script script = dialogue -> {
            dialogue.greet("STARTTLS");
            dialogue.startTls(theirs);
            dialogue.hear();
            dialogue.half("250-test\r\n250 SIZ");
        };
        assertThat(send(script, Tls.REQUIRED, OAUTH)).isEqualTo("ann@contoso.com STARTTLS " + CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"535 5.7.3 Auth", "235 2.7", "334 eyJz", "5"})
    @DisplayName("P5: half a reply to AUTH says nothing about the login")
    void halfAReplyToAuthIsNone(String half) throws Exception {
        Script script = tls(
                dialogue -> {
                    dialogue.hear();
                    dialogue.half(half);
                },
                "AUTH XOAUTH2");
        assertThat(send(script, Tls.REQUIRED, OAUTH)).isEqualTo("ann@contoso.com CONNECT " + CLOSED);
    }

    @Test
    void aLineThatEndsInLfAloneIsWhole() throws Exception {
        Script script = dialogue -> {
            dialogue.greet();
            dialogue.on("MAIL", "250 ok").on("RCPT", "250 ok").on("DATA", "354 go");
            dialogue.body();
            dialogue.half("250 2.0.0 queued\n");
        };
        assertThat(send(script, Tls.NONE, NOBODY)).isEqualTo(OK);
    }

    @Test
    void whatIsNoReplyIsToldAsThat() throws Exception {
        assertThat(send(dialogue -> dialogue.say("HTTP/1.1 400 Bad Request").hear(), Tls.REQUIRED, OAUTH))
                .startsWith("ann@contoso.com GREETING no reply: what 127.0.0.1:")
                .endsWith(" says is no SMTP reply");
        assertThat(send(dialogue -> dialogue.greet().on("MAIL", "hello?").hear(), Tls.NONE, NOBODY))
                .startsWith("ann@contoso.com MAIL no reply: what 127.0.0.1:");
    }

    @Test
    @DisplayName("P9: a server that never ends a reply is left")
    void aReplyWithoutAnEndIsBrokenOff() throws Exception {
        String[] lines = IntStream.range(0, 200).mapToObj(n -> "220-" + n).toArray(String[]::new);
        assertThat(send(dialogue -> dialogue.say(lines).hear(), Tls.NONE, NOBODY))
                .endsWith("lost: a reply of more than 100 lines");
        assertThat(send(dialogue -> dialogue.half("220 " + "x".repeat(1 << 17)), Tls.NONE, NOBODY))
                .endsWith("lost: a reply of more than 65536 octets");
        String longest = "220-" + "x".repeat(6_000);
        String[] long10 = IntStream.range(0, 11).mapToObj(n -> longest).toArray(String[]::new);
        assertThat(send(dialogue -> dialogue.say(long10).hear(), Tls.NONE, NOBODY))
                .endsWith("lost: a reply of more than 65536 octets");
    }

    /** Each look at this clock takes a second. */
    private static Clock ticking() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
        InstantSource ticking = () -> now.updateAndGet(before -> before.plusSeconds(1));
        return ticking.withZone(ZoneOffset.UTC);
    }

    @Test
    @DisplayName("P9: a reply that drips has no more time in all than one that comes at once")
    void aReplyThatDripsHasNoMoreTime() throws Exception {
        Script script = dialogue -> {
            dialogue.half("220 ");
            for (int octet = 0; octet < 1 << 17; octet++) {
                dialogue.half("x");
            }
        };
        try (ScriptedServer server = new ScriptedServer(script);
                SessionPool pool = pool(server, Tls.NONE, NOBODY, ticking())) {
            assertThat(send(pool)).startsWith("ann@contoso.com GREETING no reply: no answer from 127.0.0.1:");
        }
    }

    @Test
    @DisplayName("After STARTTLS a server offers what it says then: the reason is the login, not STARTTLS")
    void whatIsOfferedOverTlsCounts() throws Exception {
        assertThat(send(tls(Dialogue::hear, "AUTH LOGIN"), Tls.REQUIRED, OAUTH))
                .isEqualTo("ann@contoso.com AUTH no reply: AUTH XOAUTH2 not offered by 127.0.0.1");
        assertThat(send(tls(Dialogue::hear), Tls.REQUIRED, OAUTH))
                .isEqualTo("ann@contoso.com AUTH no reply: AUTH XOAUTH2 not offered by 127.0.0.1");
        assertThat(send(tls(Dialogue::hear, "AUTH XOAUTH2"), Tls.REQUIRED, PASSWORD))
                .isEqualTo("ann@contoso.com AUTH no reply: AUTH LOGIN or PLAIN not offered by 127.0.0.1");
    }

    @Test
    void whatWasOfferedBeforeTlsDoesNotCountAfterIt() throws Exception {
        Script script = tls(
                dialogue -> {
                    seen.add(dialogue.hear());
                    dialogue.say("250 ok");
                    dialogue.on("RCPT", "250 ok").on("DATA", "354 go");
                    dialogue.body();
                    dialogue.say("250 2.0.0 queued");
                },
                "8BITMIME");
        assertThat(send(script, Tls.REQUIRED, NOBODY)).isEqualTo(OK);
        assertThat(seen).as("alone: PIPELINING was offered before").containsExactly("MAIL FROM:<scanner@contoso.com>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AUTH LOGIN", "AUTH=LOGIN", "AUTH GSSAPI LOGIN NTLM", "AUTH NTLM\r\n250-AUTH LOGIN", "auth login"
            })
    void aPasswordGoesByLoginWherePlainIsNotOffered(String offered) throws Exception {
        Script script = tls(
                dialogue -> {
                    dialogue.on("AUTH LOGIN", "334 VXNlcm5hbWU6");
                    seen.add(dialogue.hear());
                    dialogue.say("334 UGFzc3dvcmQ6");
                    seen.add(dialogue.hear());
                    dialogue.say("235 welcome");
                    dialogue.accept();
                },
                offered);
        assertThat(send(script, Tls.REQUIRED, PASSWORD)).isEqualTo(OK);
        assertThat(seen).containsExactly("c2Nhbm5lckBjb250b3NvLmNvbQ==", "cGFzcw==");
    }

    @Test
    void aPasswordGoesByPlainWhereLoginIsNotOffered() throws Exception {
        Script script = tls(
                dialogue -> {
                    dialogue.on("AUTH PLAIN ", "235 welcome");
                    dialogue.accept();
                },
                "AUTH PLAIN");
        assertThat(send(script, Tls.REQUIRED, PASSWORD)).isEqualTo(OK);
    }

    @Test
    void aLoginThatIsToldToUseTlsAgainIsTheServersAnswer() throws Exception {
        Script script = tls(
                dialogue -> dialogue.on("AUTH XOAUTH2", "530 5.7.0 Must issue a STARTTLS command first")
                        .hear(),
                "AUTH XOAUTH2");
        assertThat(send(script, Tls.REQUIRED, OAUTH))
                .isEqualTo("ann@contoso.com AUTH 530 5.7.0 Must issue a STARTTLS command first");
    }

    @Test
    void anEhloThatIsRefusedForNowIsTriedAgain() throws Exception {
        Script refuses = dialogue -> {
            dialogue.say("220 test").on("EHLO", "451 4.3.0 not now");
            seen.add(dialogue.hear());
        };
        try (ScriptedServer server = new ScriptedServer(refuses, dialogue -> {
                    dialogue.greet("STARTTLS");
                    dialogue.startTls(theirs);
                    dialogue.ehlo();
                    dialogue.accept();
                });
                SessionPool pool = pool(server, Tls.REQUIRED, NOBODY, new MovableClock())) {
            assertThat(send(pool)).isEqualTo("ann@contoso.com GREETING 451 4.3.0 not now");
            assertThat(send(pool)).isEqualTo(OK);
        }
        assertThat(seen).as("no HELO").isEmpty();
    }

    @Test
    void aRefusalAtEhloIsTheAnswer() throws Exception {
        Script script = dialogue -> dialogue.say("220 test").on("EHLO", "550 5.7.506 Access denied, bad HELO");
        assertThat(send(script, Tls.OPTIONAL, NOBODY))
                .isEqualTo("ann@contoso.com GREETING 550 5.7.506 Access denied, bad HELO");
    }

    @Test
    void heloIsSaidWhereTlsIsOptionalAndTheLogTellsOnce() throws Exception {
        Script old = dialogue -> {
            dialogue.say("220 test").on("EHLO", "502 5.5.1 not implemented");
            dialogue.on("HELO gateway.contoso.com", "250 test");
            dialogue.accept();
        };
        try (LogLines log = LogLines.of("org.mailchute.smtp");
                ScriptedServer server = new ScriptedServer(old);
                SessionPool pool = pool(server, Tls.OPTIONAL, NOBODY, new MovableClock())) {
            assertThat(send(pool)).isEqualTo(OK);
            assertThat(send(pool)).isEqualTo(OK);
            assertThat(pool.opened()).isEqualTo(2);
            assertThat(server.faults()).isEmpty();
            assertThat(log.lines())
                    .containsExactly(
                            "WARN 127.0.0.1 answers EHLO with 502 5.5.1 not implemented, so HELO is said: without"
                                    + " TLS, size and pipelining");
        }
    }

    @Test
    @DisplayName("P9: where TLS is demanded no HELO is said")
    void heloIsNotSaidWhereTlsIsDemanded() throws Exception {
        Script old = dialogue -> {
            dialogue.say("220 test").on("EHLO", "502 5.5.1 not implemented");
            seen.add(dialogue.hear());
        };
        assertThat(send(old, Tls.REQUIRED, NOBODY))
                .isEqualTo(
                        "ann@contoso.com STARTTLS no reply: STARTTLS not offered by 127.0.0.1, which answers EHLO with"
                                + " 502 5.5.1 not implemented");
        assertThat(seen).isEmpty();
    }

    @Test
    void anOddAnswerInTheOpeningIsTheAnswer() throws Exception {
        assertThat(send(dialogue -> dialogue.say("250 hello").hear(), Tls.REQUIRED, OAUTH))
                .isEqualTo("ann@contoso.com GREETING 250 hello");
        assertThat(send(
                        dialogue -> dialogue.greet("STARTTLS")
                                .on("STARTTLS", "250 what?")
                                .hear(),
                        Tls.REQUIRED,
                        OAUTH))
                .isEqualTo("ann@contoso.com STARTTLS 250 what?");
    }
}
