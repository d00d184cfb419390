package org.mailchute.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.Mutations;
import org.mailchute.testing.Talk;

/** Whatever a device says: replies, and an end; no fault, one line of the log each, and mail to nobody but whom the policy knows. */
class AnyCommandTest {
    private static final byte[] GOOD = ("EHLO copier\r\nAUTH PLAIN " + Device.base64("\0copier\0pass word")
                    + "\r\nMAIL FROM:<a@contoso.example> SIZE=10"
                    + " BODY=8BITMIME\r\nRCPT TO:<anna@contoso.example>\r\nRCPT TO: b@contoso.example\r\nDATA\r\n"
                    + "Subject: x\r\n\r\nline\r\n..dot\r\n.\r\nRSET\r\nMAIL FROM:<a@contoso.example>\r\n"
                    + "RCPT TO:<anna@contoso.example>\r\nDATA\r\nx\r\n.\r\nNOOP\r\nHELP\r\nVRFY anna\r\nQUIT\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    private static final String[] WORDS = {
        "\r\n",
        "\n",
        "\r",
        "\0",
        "\r\n.\r\n",
        "\n.\r\n",
        "<",
        ">",
        "<>",
        ":",
        "@",
        " ",
        "\t",
        "%",
        "!",
        "*",
        "=",
        "\u0016\u0003\u0001",
        "\u00ff",
        "\u00c3\u00a4",
        "\u0085",
        "EHLO ",
        "HELO",
        "MAIL FROM:",
        "RCPT TO:",
        "@x:a@contoso.example",
        "c@elsewhere.example",
        " SIZE=99999999999999999999",
        " SIZE=",
        " AUTH=<>",
        " SMTPUTF8",
        "AUTH LOGIN\r\n",
        "AUTH PLAIN\r\n",
        "STARTTLS\r\n",
        "BDAT 5 LAST\r\n",
        "GET / HTTP/1.1\r\n",
        "NOOP\r\n".repeat(500),
        " ".repeat(5_000),
        "x".repeat(13_000)
    };

    private static final Pattern REPLY = Pattern.compile("[2-5]\\d\\d[ -][ -~]*\r");

    /** A guard that has seen too many wrong passwords says so to all: after so many seeds there is another. */
    private static final int SEEDS_OF_A_SERVER = 20;

    private static Plans plans() {
        Plans plans = new Plans();
        plans.logins = Plans.LOGINS;
        plans.loginWithoutTls = true;
        plans.loginDelay = Duration.ZERO;
        return plans;
    }

    /** What was answered until the end of the connection, however it came. */
    private static String said(int port, byte[] octets) throws IOException {
        return new String(Talk.answers(port, octets, true), StandardCharsets.ISO_8859_1);
    }

    private static void read(int from, int to) throws Exception {
        Inbox inbox = new Inbox();
        try (LogLines log = LogLines.of("org.mailchute.listener")) {
            for (long seed = from; seed < to; seed += SEEDS_OF_A_SERVER) {
                some(seed, inbox);
            }
            assertThat(log.lines())
                    .noneMatch(line -> line.startsWith("ERROR"))
                    .allMatch(line -> line.matches("[^\\p{Cc}]*"));
        }
        assertThat(inbox.taken).isNotEmpty().allSatisfy(AnyCommandTest::fit);
    }

    private static void some(long first, Inbox inbox) throws Exception {
        try (ListenerServer server = plans().start(inbox)) {
            for (long seed = first; seed < first + SEEDS_OF_A_SERVER; seed++) {
                String said = said(server.port(), new Mutations(seed, WORDS).of(GOOD));
                // whole lines only: the connection may end in the middle of one
                String whole = said.substring(0, said.lastIndexOf('\n') + 1);
                assertThat(whole.split("\n")).as("seed %d", seed).allMatch(REPLY.asMatchPredicate());
            }
        }
    }

    private static void fit(Inbox.Taken taken) {
        assertThat(taken.envelope().forwardPaths())
                .hasSizeBetween(1, 3)
                .allMatch(path -> path.toString().endsWith("@contoso.example"));
        assertThat(taken.content().length()).isLessThanOrEqualTo(10_000);
        assertThat(taken.device()).doesNotContainPattern("\\p{Cc}");
    }

    @Test
    void isAnsweredOrCutOff() throws Exception {
        read(0, 300);
    }

    @Test
    @Tag("nightly")
    void isAnsweredOrCutOffWithMorePatience() throws Exception {
        read(300, 30_000);
    }
}
