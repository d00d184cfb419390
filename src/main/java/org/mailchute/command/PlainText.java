package org.mailchute.command;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * What the commands print. A name, a subject or a reply is a stranger's, and a terminal obeys the controls in it: it would clear what
 * stands there, show another text, or answer as if somebody had typed.
 */
final class PlainText extends FilterWriter {
    private PlainText(Writer to) {
        super(to);
    }

    /** Passes text on with each control and each mark of direction a question mark; line ends and tabs stay. */
    static PrintWriter through(Writer to) {
        return new PrintWriter(new PlainText(to), true);
    }

    @Override
    public void write(int letter) throws IOException {
        out.write(harmless((char) letter) ? letter : '?');
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

    private static boolean harmless(char letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL -> letter == '\n' || letter == '\r' || letter == '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
