package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.reply.Reply;
import org.mailchute.smtp.ScriptedServer.Script;
import org.mailchute.testing.MovableClock;

/** One message over one session: what is sent, and whose reply is whose. */
class TransmissionTest {
    private static final String[] TWO = {"ann@contoso.com", "bob@contoso.com"};

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> noted = new CopyOnWriteArrayList<>();
    private FinalDot dot = new FinalDot() {
        @Override
        public void leaves(List<RecipientReply> refused) {
            noted.add("dot, without " + TestPeer.lines(refused));
        }

        @Override
        public void answered(Reply reply) {
            noted.add("answer " + reply);
        }
    };

    private List<String> run(Script script, MimeMessage message, String... recipients) throws IOException {
        return run(TestPeer::plain, script, message, recipients);
    }

    private List<String> run(IntFunction<SmtpPeer> peer, Script script, MimeMessage message, String... recipients)
            throws IOException {
        try (ScriptedServer server = new ScriptedServer(script);
                SessionPool pool = new SessionPool(peer.apply(server.port()), new MovableClock(), () -> 50)) {
            List<String> lines =
                    TestPeer.lines(pool.send(TestPeer.to(recipients), message, OptionalLong.of(4711), () -> {}, dot));
            assertThat(server.faults())
                    .filteredOn(AssertionError.class::isInstance)
                    .isEmpty();
            return lines;
        }
    }

    private List<String> run(Script script, String... recipients) throws IOException {
        return run(script, TestPeer.message("hello"), recipients);
    }

    @Test
    void withPipeliningMailAllRecipientsAndDataLeaveInOneSegment() throws Exception {
        Script script = dialogue -> {
            dialogue.greet("PIPELINING", "SIZE 1000000");
            seen.add(dialogue.segment());
            dialogue.say("250 ok", "250 ok", "250 ok", "354 go");
            seen.addAll(dialogue.body());
            dialogue.say("250 queued");
            seen.add(dialogue.hear());
        };
        assertThat(run(script, TWO))
                .containsExactly("ann@contoso.com END_OF_DATA 250 queued", "bob@contoso.com END_OF_DATA 250 queued");
        await().until(() -> seen.contains("QUIT"));
        assertThat(seen)
                .containsExactly(
                        "MAIL FROM:<scanner@contoso.com> SIZE=4711\r\nRCPT TO:<ann@contoso.com>\r\n"
                                + "RCPT TO:<bob@contoso.com>\r\nDATA\r\n",
                        "Message-ID: <1@contoso.com>",
                        "Subject: scan",
                        "",
                        "hello",
                        "QUIT");
    }

    @Test
    void withoutPipeliningEachCommandWaitsForItsReply() throws Exception {
        Script script = dialogue -> {
            dialogue.greet();
            for (String reply : List.of("250 ok", "250 ok", "354 go")) {
                seen.add(dialogue.segment());
                dialogue.say(reply);
            }
            dialogue.body();
            dialogue.say("250 queued");
        };
        run(script, "ann@contoso.com");
        assertThat(seen)
                .containsExactly("MAIL FROM:<scanner@contoso.com>\r\n", "RCPT TO:<ann@contoso.com>\r\n", "DATA\r\n");
    }

    @Test
    void anEightBitMessageIsSaidToBeOneOrNotSent() throws Exception {
        MimeMessage message = TestPeer.message("hello");
        message.setHeader("Content-Transfer-Encoding", "8bit");
        Script taking = dialogue -> {
            dialogue.greet("8BITMIME");
            seen.add(dialogue.hear());
            dialogue.say("250 ok").on("RCPT", "250 ok").on("DATA", "354 go");
            dialogue.body();
            dialogue.say("250 queued");
        };
        run(taking, message, "ann@contoso.com");
        assertThat(seen).containsExactly("MAIL FROM:<scanner@contoso.com> BODY=8BITMIME");
        assertThat(run(dialogue -> dialogue.greet("SIZE"), message, "ann@contoso.com")
                        .get(0))
                .contains("MAIL", "not sent: it is an 8-bit message");
    }

    @Test
    void aRefusedRecipientKeepsItsOwnReplyAndTheOthersGetTheFinalOne() throws Exception {
        Script script = dialogue -> {
            dialogue.group("250 ok", "550-5.1.10 not found;", "550 5.1.10 look again", "250 ok", "354 go");
            dialogue.body();
            dialogue.say("250 queued");
        };
        assertThat(run(script, TWO))
                .containsExactly(
                        "ann@contoso.com RCPT 550 5.1.10 not found; 5.1.10 look again",
                        "bob@contoso.com END_OF_DATA 250 queued");
    }

    @Test
    void whenAllAreRefusedA354IsEndedByALoneDotAndTheSessionGoesOn() throws Exception {
        Script script = dialogue -> {
            dialogue.group("250 ok", "550 no", "550 neither", "354 go");
            seen.add(dialogue.hear());
            dialogue.say("554 no valid recipients");
            dialogue.on("RSET", "250 ok");
            seen.add(dialogue.hear());
        };
        assertThat(run(script, TWO)).containsExactly("ann@contoso.com RCPT 550 no", "bob@contoso.com RCPT 550 neither");
        await().until(() -> seen.equals(List.of(".", "QUIT")));
    }

    @Test
    void repliesThatComeOctetByOctetAreReadAsTheSame() throws Exception {
        Script script = dialogue -> {
            dialogue.greet("PIPELINING");
            dialogue.segment();
            dialogue.drip("250 ok", "250 ok", "550-5.1.10 not", "550 5.1.10 found", "354 go");
            dialogue.body();
            dialogue.drip("250-2.0.0 queued", "250 2.0.0 as 4711");
        };
        assertThat(run(script, TWO))
                .containsExactly(
                        "ann@contoso.com END_OF_DATA 250 2.0.0 queued 2.0.0 as 4711",
                        "bob@contoso.com RCPT 550 5.1.10 not 5.1.10 found");
    }

    @Test
    void aRefusedSenderIsSaidOfAllRecipients() throws Exception {
        Script script = dialogue -> {
            dialogue.group("550 5.7.60 not you", "503 no", "503 no", "503 no");
            dialogue.on("RSET", "250 ok");
            seen.add(dialogue.hear());
        };
        assertThat(run(script, TWO))
                .containsExactly("ann@contoso.com MAIL 550 5.7.60 not you", "bob@contoso.com MAIL 550 5.7.60 not you");
        await().until(() -> seen.equals(List.of("QUIT")));
    }

    @Test
    void manyRecipientsLeaveInGroupsSoThatNeitherSideWaitsForEver() throws Exception {
        Script script = dialogue -> {
            dialogue.greet("PIPELINING");
            dialogue.on("MAIL", "250 ok");
            for (int i = 0; i < 500; i++) {
                dialogue.on("RCPT TO:<r" + i + "@", "250 " + "x".repeat(400));
            }
            dialogue.on("DATA", "354 go");
            dialogue.body();
            dialogue.say("250 queued");
        };
        String[] many =
                IntStream.range(0, 500).mapToObj(i -> "r" + i + "@contoso.com").toArray(String[]::new);
        assertThat(run(script, many)).hasSize(500).allMatch(line -> line.endsWith("END_OF_DATA 250 queued"));
    }

    @Test
    void aConnectionCutWhileTheBodyIsSentIsNoReplyAtData() throws Exception {
        Script script = dialogue -> {
            dialogue.group("250 ok", "250 ok", "354 go");
            dialogue.hear();
        };
        MimeMessage big = TestPeer.message("0123456789\r\n".repeat(3_000_000));
        assertThat(run(script, big, "ann@contoso.com").get(0)).startsWith("ann@contoso.com DATA no reply: ");
    }

    @Test
    void aServerThatRefusesWhileTheBodyIsSentIsHeard() throws Exception {
        Script script = dialogue -> {
            dialogue.group("250 ok", "250 ok", "354 go");
            for (int i = 0; i < 100; i++) {
                dialogue.hear();
            }
            dialogue.say("552 5.3.4 too big");
            dialogue.shutsAndDrains();
        };
        MimeMessage big = TestPeer.message("0123456789\r\n".repeat(3_000_000));
        assertThat(run(script, big, "ann@contoso.com")).first().asString().contains(" 552 5.3.4 too big");
    }

    @Test
    @DisplayName("P3: a lost connection after the dot is uncertain")
    void aConnectionCutAfterTheDotIsNoReplyAtEndOfData() throws Exception {
        Script script = dialogue -> {
            dialogue.group("250 ok", "550 no", "250 ok", "354 go");
            dialogue.body();
        };
        assertThat(run(script, TWO))
                .containsExactly(
                        "ann@contoso.com RCPT 550 no",
                        "bob@contoso.com END_OF_DATA no reply: 127.0.0.1 closed the connection");
    }

    @Test
    @DisplayName("P3: silence after the dot is uncertain")
    void silenceAfterTheDotIsNoReplyAtEndOfData() throws Exception {
        Script script = dialogue -> {
            dialogue.greet();
            dialogue.on("MAIL", "250 ok");
            dialogue.on("RCPT", "250 ok");
            dialogue.on("DATA", "354 go");
            dialogue.body();
            dialogue.hear();
        };
        assertThat(run(TestPeer::silent, script, TestPeer.message("hello"), "ann@contoso.com")
                        .get(0))
                .startsWith("ann@contoso.com END_OF_DATA no reply: no answer from 127.0.0.1:");
    }

    @Test
    void a421InTheMiddleStandsForAllRepliesThatDoNotCome() throws Exception {
        Script script = dialogue -> {
            dialogue.group("250 ok", "250 ok", "421 4.3.2 enough");
        };
        assertThat(run(script, TWO))
                .containsExactly("ann@contoso.com DATA 421 4.3.2 enough", "bob@contoso.com RCPT 421 4.3.2 enough");
    }

    @Test
    void aRefusedDataIsTheAnswerForTheAcceptedRecipients() throws Exception {
        Script script = dialogue -> {
            dialogue.group("250 ok", "250 ok", "452 4.3.1 full");
            dialogue.on("RSET", "250 ok");
        };
        assertThat(run(script, "ann@contoso.com")).containsExactly("ann@contoso.com DATA 452 4.3.1 full");
    }

    @Test
    @DisplayName("P9: no line end and no dot in the body can end the message or begin a command")
    void dotsAreDoubledAndBareLineEndsAreMadeWhole() throws Exception {
        Script script = dialogue -> {
            dialogue.greet();
            seen.addAll(dialogue.accept());
        };
        run(script, TestPeer.message(".\r\n..a\n.\nb\r.\rMAIL FROM:<x@y>\r\n\r\n."), "ann@contoso.com");
        assertThat(seen.subList(3, seen.size()))
                .containsExactly("..", "...a", "..", "b", "..", "MAIL FROM:<x@y>", "", "..");
    }

    @Test
    void aMessageThatCannotBeReadIsThrownAndNeverEndedByADot() throws Exception {
        Script script = dialogue -> {
            dialogue.greet();
            dialogue.on("MAIL", "250 ok");
            dialogue.on("RCPT", "250 ok");
            dialogue.on("DATA", "354 go");
            try {
                seen.addAll(dialogue.body());
            } catch (EOFException e) {
                seen.add("no dot");
            }
        };
        MimeMessage unreadable = new MimeMessage(Session.getInstance(new Properties())) {
            @Override
            public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
                out.write("Subject: x\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
                throw new IOException("the disk is gone");
            }
        };
        assertThatThrownBy(() -> run(script, unreadable, "ann@contoso.com"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the disk is gone");
        await().until(() -> seen.equals(List.of("no dot")));
    }

    @Test
    @DisplayName("P3: the dot is noted before it leaves, and the reply as soon as it is read")
    void theDotIsNotedBeforeItLeavesAndTheReplyWhenItIsRead() throws Exception {
        Script script = dialogue -> {
            dialogue.group("250 ok", "250 ok", "550 5.1.1 unknown", "354 go");
            dialogue.body();
            seen.addAll(noted);
            dialogue.say("250 queued");
        };
        run(script, TWO);
        String left = "dot, without [bob@contoso.com RCPT 550 5.1.1 unknown]";
        assertThat(seen).containsExactly(left);
        assertThat(noted).containsExactly(left, "answer 250 queued");
    }

    @Test
    void aRefusalOfTheWholeMessageIsNotedAsItsReply() throws Exception {
        Script script = dialogue -> {
            dialogue.group("250 ok", "250 ok", "354 go");
            dialogue.body();
            dialogue.say("452 4.3.1 no room");
            dialogue.hear();
        };
        run(script, "ann@contoso.com");
        assertThat(noted).containsExactly("dot, without []", "answer 452 4.3.1 no room");
    }

    @Test
    void withoutADotOrAReplyNothingIsNoted() throws Exception {
        Script refused = dialogue -> {
            dialogue.greet();
            dialogue.on("MAIL", "250 ok").on("RCPT", "250 ok").on("DATA", "451 4.3.0 not now");
            dialogue.hear();
        };
        run(refused, "ann@contoso.com");
        assertThat(noted).isEmpty();
        Script lost = dialogue -> {
            dialogue.greet();
            dialogue.on("MAIL", "250 ok").on("RCPT", "250 ok").on("DATA", "354 go");
            dialogue.body();
        };
        run(lost, "ann@contoso.com");
        assertThat(noted).containsExactly("dot, without []");
    }

    @Test
    @DisplayName("P3: a dot that cannot be noted does not leave")
    void aDotThatCannotBeNotedDoesNotLeave() {
        dot = new FinalDot() {
            @Override
            public void leaves(List<RecipientReply> refused) throws IOException {
                throw new IOException("no space");
            }

            @Override
            public void answered(Reply reply) {
                noted.add("answer " + reply);
            }
        };
        Script script = dialogue -> {
            dialogue.greet();
            dialogue.on("MAIL", "250 ok").on("RCPT", "250 ok").on("DATA", "354 go");
            try {
                seen.addAll(dialogue.body());
            } catch (EOFException e) {
                seen.add(e.getMessage());
            }
        };
        assertThatThrownBy(() -> run(script, "ann@contoso.com"))
                .isInstanceOf(FinalDot.NotNoted.class)
                .hasMessage("no space");
        await().until(() -> !seen.isEmpty());
        assertThat(seen).hasSize(1).first().asString().startsWith("the client went away after: ");
        assertThat(noted).isEmpty();
    }
}
