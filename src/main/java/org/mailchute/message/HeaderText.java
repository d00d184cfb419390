package org.mailchute.message;

import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Text as header fields carry it: plain where that is safe, else in encoded words (RFC 2047). Angus leaves all ASCII plain,
 * even what reads as an encoded word or has no blank to fold at; such text would be shown as something else, or be refused
 * for a line of more than 998 characters.
 */
final class HeaderText {
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");
    private static final Pattern UNFOLDABLE = Pattern.compile("[^ ]{900}| {20}");
    /** A quoted name is not folded. */
    private static final int LONGEST_NAME = 60;
    /** RFC 2047 section 2: 75 characters a word at the most, and some room for the field's name before the first. */
    private static final int OCTETS_IN_A_WORD = 39;

    private HeaderText() {}

    /** A whole header field's value. */
    static String value(String field, String text) {
        String line = oneLine(text);
        return plain(line) ? MimeUtility.fold(field.length() + 2, line) : words(line);
    }

    /** A display name before an address (RFC 5322 section 3.4); empty, or with a blank at its end. */
    static String name(String text) {
        String line = oneLine(text);
        if (line.isEmpty()) {
            return "";
        }
        boolean quoted = plain(line) && line.length() <= LONGEST_NAME;
        return (quoted ? '"' + line.replaceAll("[\\\\\"]", "\\\\$0") + '"' : words(line)) + " ";
    }

    /** A parameter's value within its quotes; RFC 2047 does not know it there, Outlook does. Without quotes itself. */
    static String parameter(String text) {
        return plain(text) ? text : words(text);
    }

    /** Controls, line ends above all, become blanks: no value can begin a header field of its own. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    }

    private static boolean plain(String line) {
        return PRINTABLE.matcher(line).matches()
                && !line.contains("=?")
                && !UNFOLDABLE.matcher(line).find();
    }

    private static String words(String line) {
        StringJoiner words = new StringJoiner("\r\n ");
        int from = 0;
        while (from < line.length()) {
            int to = end(line, from);
            byte[] octets = line.substring(from, to).getBytes(StandardCharsets.UTF_8);
            words.add("=?UTF-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=");
            from = to;
        }
        return words.toString();
    }

    /** No character is cut in two: every word is decoded by itself (RFC 2047 section 5). */
    private static int end(String line, int from) {
        int octets = 0;
        int at = from;
        while (at < line.length()) {
            int character = line.codePointAt(at);
            octets += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (octets > OCTETS_IN_A_WORD) {
                return at;
            }
            at += Character.charCount(character);
        }
        return at;
    }
}
