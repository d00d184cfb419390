package org.mailchute.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Content-Type or Content-Disposition (RFC 2045 section 5.1, RFC 2183) as devices write it: with names that are not quoted, and
 * octets beyond ASCII in them.
 *
 * @param value before the first semicolon
 */
record MimeValue(String value, List<Parameter> parameters) {
    /**
     * @param name in lower case
     * @param value without quotes
     * @param raw as it stands
     */
    record Parameter(String name, String value, String raw) {
        boolean isFit() {
            return ascii(raw) && raw.length() <= LONGEST;
        }
    }

    /** Longer ones are continued. */
    private static final int LONGEST = 900;

    /** A longer one leaves no room for a value in the lines that continue it: each octet would come with a line of its own. */
    private static final int LONGEST_NAME = 60;

    static MimeValue parse(String line) {
        List<String> pieces = pieces(line);
        List<Parameter> parameters = new ArrayList<>();
        for (String piece : pieces.subList(1, pieces.size())) {
            int equals = piece.indexOf('=');
            if (equals > 0) {
                String name = piece.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                parameters.add(
                        new Parameter(name, unquoted(piece.substring(equals + 1).strip()), piece.strip()));
            }
        }
        return new MimeValue(pieces.get(0).strip(), List.copyOf(parameters));
    }

    /** Cut at semicolons outside of quotes. */
    private static List<String> pieces(String line) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            if (quoted && character == '\\') {
                at++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (character == ';' && !quoted) {
                pieces.add(line.substring(from, at));
                from = at + 1;
            }
        }
        pieces.add(line.substring(from));
        return pieces;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\([\\\\\"])", "$1") : text;
    }

    Optional<String> parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** In ASCII, no line longer than SMTP takes: names as our own attachments have them. */
    String fit(boolean contentType) {
        StringJoiner lines = new StringJoiner(";\r\n ").add(ascii(value) ? value : value.replaceAll("[^ -~]", "?"));
        parameters.stream()
                .filter(parameter -> parameter.isFit() || parameter.name().length() <= LONGEST_NAME)
                .forEach(parameter -> lines.add(fit(parameter, contentType)));
        return lines.toString();
    }

    private static String fit(Parameter parameter, boolean contentType) {
        String name = parameter.name();
        if (parameter.isFit()) {
            return parameter.raw();
        }
        if (name.endsWith("*") && ascii(parameter.value())) {
            return ExtendedParameter.continued(name.substring(0, name.length() - 1), parameter.value());
        }
        String plain = name.replaceAll("[^!-~]|\\*.*", "");
        return contentType && name.equals("name")
                ? "name=\"" + HeaderText.parameter(parameter.value()) + '"'
                : ExtendedParameter.of(plain, parameter.value());
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(character -> character >= ' ' && character < 0x7f || character == '\t');
    }
}
