package org.mailchute.command;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.mailchute.management.Harmless;

/** What the commands print: nothing that a terminal obeys. */
public final class PlainText extends FilterWriter {
    private PlainText(Writer to) {
        super(to);
    }

    /** Passes text on with each control and each mark of direction a question mark; line ends and tabs stay. */
    public static PrintWriter through(Writer to) {
        return new PrintWriter(new PlainText(to), true);
    }

    @Override
    public void write(int letter) throws IOException {
        out.write(Harmless.letter((char) letter) ? letter : '?');
    }

    @Override
    public void write(char[] text, int from, int count) throws IOException {
        for (int at = from; at < from + count; at++) {
            write(text[at]);
        }
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
        write(text.toCharArray(), from, count);
    }
}
