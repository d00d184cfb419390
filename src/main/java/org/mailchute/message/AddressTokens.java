package org.mailchute.message;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pieces of an address field's text (RFC 5322 section 3.4). Quotes, brackets and parentheses that belong to nothing are
 * plain characters: a quoted string begins a word and ends one, comment and angle brackets have their end.
 */
final class AddressTokens {
    /** What has a meaning where it stands; in a name that is not quoted, it has none. */
    enum Kind {
        BLANK,
        WORD,
        QUOTED,
        COMMENT,
        ANGLE,
        COMMA,
        SEMICOLON,
        COLON
    }

    /**
     * @param raw as it stands
     * @param text what it says: without quotes and escapes, or without angle brackets
     */
    record Token(Kind kind, String raw, String text) {
        boolean is(Kind other) {
            return kind == other;
        }

        /** Nothing of an address or a name. */
        boolean skipped() {
            return is(Kind.BLANK) || is(Kind.COMMENT);
        }

        Token asWord() {
            return new Token(Kind.WORD, raw, raw);
        }
    }

    private static final String BEFORE_A_QUOTE_ENDS = " \t,;:<(@.";
    private static final String ENDS_A_WORD = " \t,;:<(\"";
    /** RFC 2047 section 2; whatever it holds, it is a word. */
    private static final Pattern ENCODED = Pattern.compile("=\\?[^\\s?]++\\?[QqBb]\\?[^\\s?]*+\\?=");

    /** Looked at for its end; keeps a header of nothing but parentheses cheap. */
    private static final int LONGEST_COMMENT = 500;

    private final String line;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private AddressTokens(String line) {
        this.line = line;
    }

    /** @param line without folds */
    static List<Token> of(String line) {
        AddressTokens reader = new AddressTokens(line);
        while (reader.at < line.length()) {
            reader.next();
        }
        return reader.tokens;
    }

    private void next() {
        switch (line.charAt(at)) {
            case ' ', '\t' -> add(Kind.BLANK, at + 1);
            case ',' -> add(Kind.COMMA, at + 1);
            case ';' -> add(Kind.SEMICOLON, at + 1);
            case ':' -> add(Kind.COLON, at + 1);
            case '"' -> enclosed(Kind.QUOTED, quoteEnd());
            case '(' -> enclosed(Kind.COMMENT, commentEnd());
            case '<' -> enclosed(Kind.ANGLE, angleEnd());
            default -> add(Kind.WORD, wordEnd());
        }
    }

    private void add(Kind kind, int end) {
        String raw = line.substring(at, end);
        boolean inside = kind == Kind.QUOTED || kind == Kind.ANGLE;
        String text = inside ? raw.substring(1, raw.length() - 1) : raw;
        tokens.add(new Token(kind, raw, kind == Kind.QUOTED ? text.replaceAll("\\\\(.)", "$1") : text));
        at = end;
    }

    /** @param end behind its last character; not beyond its first when it has none */
    private void enclosed(Kind kind, int end) {
        add(end > at ? kind : Kind.WORD, end > at ? end : at + 1);
    }

    private int quoteEnd() {
        boolean beginsAWord = tokens.isEmpty() || !tokens.get(tokens.size() - 1).is(Kind.WORD);
        int end = at + 1;
        while (end < line.length() && line.charAt(end) != '"') {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        boolean endsAWord = end + 1 >= line.length() || BEFORE_A_QUOTE_ENDS.indexOf(line.charAt(end + 1)) >= 0;
        return beginsAWord && end < line.length() && endsAWord ? end + 1 : at;
    }

    private int commentEnd() {
        int depth = 0;
        for (int end = at; end < Math.min(line.length(), at + LONGEST_COMMENT); end++) {
            char character = line.charAt(end);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            end += character == '\\' ? 1 : 0;
            if (depth == 0) {
                return end + 1;
            }
        }
        return at;
    }

    private int angleEnd() {
        int end = at + 1;
        while (end < line.length() && "<>".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end < line.length() && line.charAt(end) == '>' ? end + 1 : at;
    }

    private int wordEnd() {
        Matcher encoded = ENCODED.matcher(line).region(at, line.length());
        if (line.startsWith("=?", at) && encoded.lookingAt()) {
            return encoded.end();
        }
        int end = at + 1;
        while (end < line.length() && ENDS_A_WORD.indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
