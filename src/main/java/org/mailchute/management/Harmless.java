package org.mailchute.management;

/**
 * A name, a subject or a reply is a stranger's. A terminal obeys the controls in it: it would clear what stands there, show another
 * text, or answer as if somebody had typed; and marks of direction show a name other than it is, in a browser too.
 */
public final class Harmless {
    private Harmless() {}

    /** With each of those a question mark; line ends and tabs stay. */
    public static String text(String strange) {
        StringBuilder plain = new StringBuilder(strange);
        for (int at = 0; at < plain.length(); at++) {
            if (!letter(plain.charAt(at))) {
                plain.setCharAt(at, '?');
            }
        }
        return plain.toString();
    }

    /** Whether it may be shown as it is. */
    public static boolean letter(char letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL -> letter == '\n' || letter == '\r' || letter == '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
