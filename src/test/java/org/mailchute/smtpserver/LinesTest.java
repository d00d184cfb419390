package org.mailchute.smtpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final Deque<String> arrive = new ArrayDeque<>();
    private final List<String> flights = new ArrayList<>();
    private final Lines lines = new Lines(new Link() {
        @Override
        public int read(byte[] into) {
            byte[] next = arrive.isEmpty() ? new byte[0] : arrive.remove().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(next, 0, into, 0, next.length);
            return next.length == 0 ? -1 : next.length;
        }

        @Override
        public void write(String replies) {
            flights.add(replies);
        }
    });

    @Test
    void repliesToCommandsThatCameTogetherLeaveTogether() throws Exception {
        arrive.add("ONE\r\nTWO\r\n");
        arrive.add("THREE\r\n");
        for (String command : List.of("ONE", "TWO", "THREE")) {
            assertThat(lines.line()).isEqualTo(command);
            lines.say("250 " + command);
        }
        assertThat(flights).containsExactly("250 ONE\r\n250 TWO\r\n");
        lines.flush();
        assertThat(flights).hasSize(2).last().isEqualTo("250 THREE\r\n");
    }

    @Test
    void aLoneLfEndsACommandAndIsToldOf() throws Exception {
        arrive.add("NOOP \nNO");
        arrive.add("OP\r\n");
        assertThat(lines.line()).isEqualTo("NOOP ");
        assertThat(lines.endedWithLoneLf()).isTrue();
        assertThat(lines.line()).isEqualTo("NOOP");
        assertThat(lines.endedWithLoneLf()).isFalse();
    }

    @Test
    void whatCameBehindACommandIsKnown() throws Exception {
        arrive.add("STARTTLS\r\nX");
        lines.line();
        assertThat(lines.more()).isTrue();
        assertThat(lines.next()).isEqualTo('X');
        assertThat(lines.more()).isFalse();
    }

    @Test
    void aCommandMayBeAsLongAsALineOfAuthAndNoLonger() throws Exception {
        String longest = "x".repeat(Lines.LONGEST - 1) + "\r";
        arrive.add(longest + "\n");
        assertThat(lines.line()).hasSize(Lines.LONGEST - 1);
        arrive.add(longest + "x\n");
        assertThatExceptionOfType(Lines.TooLong.class).isThrownBy(lines::line);
    }

    @Test
    void tlsIsNoCommand() {
        arrive.add("\u0016\u0003\u0001");
        assertThatExceptionOfType(Lines.TlsAtOnce.class).isThrownBy(lines::line);
    }

    @Test
    void whoHangsUpIsHeardOfAfterTheRepliesHaveLeft() {
        lines.say("220 here");
        assertThatExceptionOfType(EOFException.class).isThrownBy(lines::line);
        assertThat(flights).containsExactly("220 here\r\n");
    }
}
