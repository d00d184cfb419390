package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    @DisplayName("P9: no control of a stranger's text reaches the terminal of who asks")
    void noControlIsPrinted() {
        StringWriter terminal = new StringWriter();
        PrintWriter out = PlainText.through(terminal);
        out.printf("a\u001b[2Jb\u009bc\u202ed\u2028e\u0007f%n\tg ü\ud83d\ude00");
        out.write('\u001b');
        out.flush();
        assertThat(terminal).hasToString("a?[2Jb?c?d?e?f" + System.lineSeparator() + "\tg ü\ud83d\ude00?");
    }

    @Test
    void soTheCommandsPrint() {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(terminal, true, StandardCharsets.UTF_8));
        try {
            Objects.requireNonNull(Main.commandLine().getSubcommands().get("lanes"))
                    .getOut()
                    .println("a\u001b[2Jb");
        } finally {
            System.setOut(before);
        }
        assertThat(terminal.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("a?[2Jb\n");
    }
}
