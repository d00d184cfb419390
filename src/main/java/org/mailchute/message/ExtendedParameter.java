package org.mailchute.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A parameter whose value is beyond ASCII, or longer than a line (RFC 2231 sections 3 and 4). Angus writes each on one line,
 * however long.
 */
final class ExtendedParameter {
    /** RFC 5322 section 2.1.1: 78, and the blank before and the semicolon behind. */
    private static final int LONGEST = 74;
    /** The attribute-char of RFC 2231 section 7 and RFC 5987. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private static final Pattern TOKEN = Pattern.compile("%[0-9A-Fa-f]{2}|.");

    private ExtendedParameter() {}

    /** One line, or several of a continuation. */
    static String of(String name, String value) {
        List<String> tokens = new ArrayList<>(List.of("utf-8''"));
        value.codePoints().forEach(character -> tokens.add(encoded(character)));
        return lines(name, tokens);
    }

    /** @param encoded what stands behind {@code name*=} already */
    static String continued(String name, String encoded) {
        return lines(
                name,
                TOKEN.matcher(encoded).results().map(match -> match.group()).toList());
    }

    private static String encoded(int character) {
        if (character < 0x80 && (Character.isLetterOrDigit(character) || PLAIN.indexOf(character) >= 0)) {
            return Character.toString(character);
        }
        StringBuilder octets = new StringBuilder();
        for (byte octet : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            octets.append("%%%02X".formatted(octet & 0xff));
        }
        return octets.toString();
    }

    /** No character is cut in two. */
    private static String lines(String name, List<String> tokens) {
        String whole = name + "*=" + String.join("", tokens);
        if (whole.length() <= LONGEST) {
            return whole;
        }
        StringJoiner lines = new StringJoiner(";\r\n ");
        StringBuilder line = new StringBuilder(name + "*0*=");
        int number = 0;
        for (String token : tokens) {
            if (line.length() + token.length() > LONGEST) {
                lines.add(line);
                line = new StringBuilder(name + "*" + ++number + "*=");
            }
            line.append(token);
        }
        return lines.add(line).toString();
    }
}
