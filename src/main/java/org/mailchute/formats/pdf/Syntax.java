package org.mailchute.formats.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads values one after another (ISO 32000-1 section 7.3), from a position on. */
final class Syntax {
    /** Readers stop at 28 levels of q and Q; dictionaries of pages nest about six deep. */
    private static final int DEEPEST = 64;
    /** Of one outermost value; the page tree of a book printed flat has tens of thousands. */
    private static final int MOST_VALUES = 100_000;

    private static final int LONGEST_WORD = 256;
    private static final int MOST_DIGITS = 18;

    private final Octets octets;
    private long position;
    private int values;

    Syntax(Octets octets, long position) {
        this.octets = octets;
        this.position = position;
    }

    long position() {
        return position;
    }

    PdfValue value() throws IOException {
        return value(0);
    }

    PdfValue.Dictionary dictionary() throws IOException {
        if (value() instanceof PdfValue.Dictionary dictionary) {
            return dictionary;
        }
        throw new PdfFault("a dictionary is missing");
    }

    private PdfValue value(int depth) throws IOException {
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            throw new PdfFault("a value is too large");
        }
        skipBlanks();
        int first = octets.at(position);
        return switch (first) {
            case '/' -> name();
            case '[' -> array(depth);
            case '(' -> text();
            case '<' -> octets.at(position + 1) == '<' ? dictionary(depth) : hexText();
            default -> first >= '0' && first <= '9' ? numberOrReference() : other();
        };
    }

    /** @return the next word, such as {@code obj}; what is none of regular characters is the empty word */
    String word() throws IOException {
        skipBlanks();
        StringBuilder word = new StringBuilder();
        for (int octet = octets.at(position); regular(octet); octet = octets.at(++position)) {
            if (word.length() == LONGEST_WORD) {
                throw new PdfFault("a word is too long");
            }
            word.append((char) octet);
        }
        return word.toString();
    }

    /** @return the whole number that comes next */
    long whole() throws IOException {
        String word = word();
        if (word.isEmpty() || word.length() > MOST_DIGITS || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new PdfFault("a number is missing");
        }
        return Long.parseLong(word);
    }

    private PdfValue numberOrReference() throws IOException {
        String word = word();
        if (word.length() > MOST_DIGITS || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return PdfValue.Other.ANY;
        }
        long number = Long.parseLong(word);
        long after = position;
        String generation = word();
        if (!generation.isEmpty()
                && generation.length() <= 5
                && generation.chars().allMatch(c -> c >= '0' && c <= '9')
                && word().equals("R")) {
            return new PdfValue.Reference(number);
        }
        position = after;
        return new PdfValue.Whole(number);
    }

    private PdfValue other() throws IOException {
        if (word().isEmpty()) {
            throw new PdfFault("a value is missing");
        }
        return PdfValue.Other.ANY;
    }

    private PdfValue.Name name() throws IOException {
        position++;
        if (!regular(octets.at(position))) {
            return new PdfValue.Name("");
        }
        String word = word();
        return new PdfValue.Name(word.indexOf('#') < 0 ? word : unescaped(word));
    }

    /** ISO 32000-1 section 7.3.5: #20 is a blank. */
    private static String unescaped(String word) {
        StringBuilder name = new StringBuilder();
        for (int at = 0; at < word.length(); at++) {
            boolean escape = word.charAt(at) == '#' && at + 2 < word.length();
            int high = escape ? Character.digit(word.charAt(at + 1), 16) : -1;
            int low = escape ? Character.digit(word.charAt(at + 2), 16) : -1;
            if (high < 0 || low < 0) {
                name.append(word.charAt(at));
            } else {
                name.append((char) (high * 16 + low));
                at += 2;
            }
        }
        return name.toString();
    }

    private PdfValue.Array array(int depth) throws IOException {
        position++;
        List<PdfValue> items = new ArrayList<>();
        for (skipBlanks(); octets.at(position) != ']'; skipBlanks()) {
            items.add(value(depth + 1));
        }
        position++;
        return new PdfValue.Array(items);
    }

    private PdfValue.Dictionary dictionary(int depth) throws IOException {
        position += 2;
        Map<String, PdfValue> entries = new HashMap<>();
        for (skipBlanks(); octets.at(position) != '>'; skipBlanks()) {
            if (octets.at(position) != '/') {
                throw new PdfFault("a key is missing");
            }
            String key = name().text();
            PdfValue value = value(depth + 1);
            entries.put(key, value);
            passStream(value);
        }
        if (octets.at(position + 1) != '>') {
            throw new PdfFault("a dictionary has no end");
        }
        position += 2;
        return new PdfValue.Dictionary(entries);
    }

    /** Some libraries write a stream, such as an attached file, where only a reference to it may stand; readers pass it. */
    private void passStream(PdfValue value) throws IOException {
        if (value instanceof PdfValue.Dictionary dictionary
                && dictionary.whole("Length").isPresent()) {
            position = afterStream(dictionary.whole("Length").getAsLong()).orElse(position);
        }
    }

    /** Where it goes on behind a stream of this length that comes next; empty when none comes, or it has another length. */
    OptionalLong afterStream(long length) throws IOException {
        Syntax ahead = new Syntax(octets, position);
        if (!ahead.word().equals("stream")) {
            return OptionalLong.empty();
        }
        ahead.position = ahead.streamStart() + length;
        return ahead.word().equals("endstream") ? OptionalLong.of(ahead.position) : OptionalLong.empty();
    }

    /** Where the content begins, behind the word {@code stream}. */
    long streamStart() throws IOException {
        long start = position;
        start += octets.at(start) == '\r' ? 1 : 0;
        return start + (octets.at(start) == '\n' ? 1 : 0);
    }

    /** ISO 32000-1 section 7.3.4.2: parentheses in balance need no backslash. */
    private PdfValue text() throws IOException {
        int open = 0;
        do {
            switch (octets.at(position++)) {
                case '(' -> open++;
                case ')' -> open--;
                case '\\' -> position++;
                case -1 -> throw new PdfFault("a text has no end");
                default -> {}
            }
        } while (open > 0);
        return PdfValue.Other.ANY;
    }

    private PdfValue hexText() throws IOException {
        for (int octet = octets.at(position); octet != '>'; octet = octets.at(position)) {
            if (octet < 0) {
                throw new PdfFault("a text has no end");
            }
            position++;
        }
        position++;
        return PdfValue.Other.ANY;
    }

    /** White space and comments. */
    private void skipBlanks() throws IOException {
        for (int octet = octets.at(position); ; octet = octets.at(++position)) {
            if (octet == '%') {
                while (octet != '\n' && octet != '\r' && octet >= 0) {
                    octet = octets.at(++position);
                }
            }
            if (!blank(octet)) {
                return;
            }
        }
    }

    static boolean blank(int octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t' || octet == '\f' || octet == 0;
    }

    static boolean regular(int octet) {
        return octet > ' ' && "()<>[]{}/%".indexOf(octet) < 0;
    }
}
