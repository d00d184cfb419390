package org.mailchute.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mailchute.envelope.MailAddress;
import org.mailchute.intake.Refused;

/** Reads a mail request token by token; every fault becomes a {@link Refused} that says what, where, and what was expected. */
final class RequestJson {
    private static final int LONGEST_TEXT = 1_000_000;
    /** What fits on one line of a message (RFC 5322 section 2.1.1). */
    private static final int LONGEST_LINE = 998;

    private static final Pattern TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    private static final int MOST_RECIPIENTS = 10_000;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(5)
                    .maxNameLength(200)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private final JsonParser parser;

    RequestJson(InputStream json) throws IOException {
        this.parser = JSON.createParser(utf8(json));
    }

    /** Strictly UTF-8: Jackson alone would guess UTF-16 too and let broken octets pass. A byte order mark is dropped. */
    private static Reader utf8(InputStream json) throws IOException {
        PushbackInputStream in = new PushbackInputStream(json, BYTE_ORDER_MARK.length);
        byte[] start = in.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
            in.unread(start);
        }
        return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
    }

    /** Something that reads JSON. */
    @FunctionalInterface
    interface Reading {
        void read() throws IOException, Refused;
    }

    /** Something that reads the value of one key. */
    @FunctionalInterface
    interface OfKey {
        void read(String key) throws IOException, Refused;
    }

    JsonParser parser() {
        return parser;
    }

    /** The whole request: one object and nothing behind it. */
    void document(Reading object) throws IOException, Refused {
        try {
            parser.nextToken();
            object.read();
            if (parser.nextToken() != null) {
                throw fault("something follows the request", "send one request in each message");
            }
        } catch (JsonEOFException e) {
            throw fault("the request is cut short", "send it whole");
        } catch (StreamConstraintsException e) {
            throw fault(
                    "the request is too deep or a text in it too long",
                    "a text may have " + LONGEST_TEXT + " characters");
        } catch (CharacterCodingException e) {
            throw fault("the request is not UTF-8", "encode the JSON in UTF-8");
        } catch (JsonParseException e) {
            String problem = String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " ");
            throw fault("not JSON: " + problem, "correct the JSON (UTF-8); see mail-request.schema.json");
        }
    }

    /** An object; its keys are given to {@code each} with the parser standing on the value. */
    void object(OfKey each) throws IOException, Refused {
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            each.read(key);
        }
    }

    String text() throws IOException, Refused {
        expect(JsonToken.VALUE_STRING, "a text");
        String text = parser.getText();
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw fault("half a character (a lone surrogate) in " + path(), "send whole characters");
        }
        return text;
    }

    /** A text without line ends or other controls. */
    String line() throws IOException, Refused {
        String text = text();
        if (text.codePoints().anyMatch(RequestJson::endsLine)) {
            throw fault("a line end or control character in " + path(), "take it out");
        }
        if (text.length() > LONGEST_LINE) {
            throw fault(path() + " has more than " + LONGEST_LINE + " characters", "make it shorter");
        }
        return text;
    }

    private static boolean endsLine(int character) {
        return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
    }

    /** The name of a constant, in lower case. */
    <E extends Enum<E>> E oneOf(Class<E> constants) throws IOException, Refused {
        String text = line();
        for (E constant : constants.getEnumConstants()) {
            if (word(constant.name()).equals(text)) {
                return constant;
            }
        }
        String names = word(Arrays.toString(constants.getEnumConstants()));
        throw fault(path() + " is none of " + names, "choose one of them");
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A text of this form. */
    String matching(Pattern form, String what) throws IOException, Refused {
        String text = line();
        if (!form.matcher(text).matches()) {
            throw fault(path() + " is not " + what, "see mail-request.schema.json");
        }
        return text;
    }

    /** A date and time with its offset (RFC 3339). */
    Instant instant() throws IOException, Refused {
        String text = matching(TIME, "a time such as 2026-11-30T08:00:00Z");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw fault(path() + " is no time of any calendar", "give a time such as 2026-11-30T08:00:00+01:00");
        }
    }

    /** A text, a number as it is written, true or false. */
    String scalar() throws IOException, Refused {
        JsonToken token = parser.currentToken();
        if (token == null || token == JsonToken.VALUE_NULL || !token.isScalarValue()) {
            throw fault(path() + " is not a text, a number, true or false", "give fields one value each");
        }
        return token == JsonToken.VALUE_STRING ? text() : parser.getText();
    }

    /** The contract's version; there is one so far. */
    void version() throws IOException, Refused {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || !parser.getText().equals("1")) {
            throw fault("this is no mail request of version 1", "set version to 1, or leave it out");
        }
    }

    /** A text in base64, decoded into {@code out} while it is read; its length has no limit here. */
    void binary(OutputStream out) throws IOException, Refused {
        try {
            parser.readBinaryValue(out);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw fault(path() + " is not base64, or is cut short", "encode it in base64 (RFC 4648 section 4)");
        }
    }

    MailAddress address() throws IOException, Refused {
        try {
            return MailAddress.parse(line());
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()), "give one plain address, local-part@domain");
        }
    }

    /** One address, or an array of them. */
    List<MailAddress> addresses() throws IOException, Refused {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return List.of(address());
        }
        List<MailAddress> addresses = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (addresses.size() == MOST_RECIPIENTS) {
                throw fault("more than " + MOST_RECIPIENTS + " recipients in one list", "send several requests");
            }
            addresses.add(address());
        }
        return addresses;
    }

    void expect(JsonToken token, String what) throws IOException, Refused {
        if (parser.currentToken() == null) {
            throw fault("the request is empty", "send a JSON object");
        }
        if (parser.currentToken() != token) {
            throw fault(path() + " is not " + what, "see mail-request.schema.json");
        }
    }

    /** The fault with line and column of the value it is about. */
    Refused fault(String what, String remedy) {
        var at = parser.currentTokenLocation();
        return new Refused("line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), what), remedy);
    }

    private String path() {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        return pointer.isEmpty() ? "the request" : pointer.substring(1).replace('/', '.');
    }
}
