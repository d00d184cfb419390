package org.mailchute.message;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads header fields up to the empty line, and no further, with a bound. CRLF, bare LF and bare CR all end a line. */
final class HeaderReader {
    /** RFC 5322 section 3.6.8; blanks before the colon are of section 4.5. */
    private static final Pattern FIELD = Pattern.compile("([!-9;-~]+)[ \\t]*:(.*)", Pattern.DOTALL);
    /** Before the header in files of mail programs on Unix. */
    private static final Pattern MBOX = Pattern.compile(">?From .*");

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]");
    private static final String ADVICE = "write header fields, an empty line, then the text (RFC 5322)";

    private final PushbackInputStream in;
    private final boolean lenient;
    private final Charset charset;
    private final List<HeaderField> fields = new ArrayList<>();
    private final StringBuilder value = new StringBuilder();
    private String name = "";
    private int left;
    private int line;

    /**
     * @param most octets of header
     * @param lenient what is no header field begins the body, as mail servers have it for devices that forget the empty line
     * @param charset of octets beyond ASCII that are not UTF-8
     */
    HeaderReader(PushbackInputStream in, int most, boolean lenient, Charset charset) {
        this.in = in;
        this.left = most;
        this.lenient = lenient;
        this.charset = charset;
    }

    /** Leaves the stream at the first octet of the body; needs a stream that takes back a kilobyte or more. */
    List<HeaderField> read() throws IOException, UnfitMessage {
        byteOrderMark();
        for (String next = line(); next != null && !next.isEmpty(); next = line()) {
            line++;
            if (!add(next)) {
                break;
            }
        }
        endField();
        if (fields.isEmpty() && !lenient) {
            throw new UnfitMessage("the message has no header", ADVICE);
        }
        return fields;
    }

    /** Editors on Windows put one before a text. */
    private void byteOrderMark() throws IOException, UnfitMessage {
        byte[] start = in.readNBytes(3);
        boolean utf8 =
                start.length == 3 && start[0] == (byte) 0xef && start[1] == (byte) 0xbb && start[2] == (byte) 0xbf;
        if (!utf8) {
            in.unread(start);
        }
        int first = start.length < 2 ? 0 : (start[0] & 0xff) << 8 | (start[1] & 0xff);
        if (first == 0xfffe || first == 0xfeff) {
            throw new UnfitMessage("the message is a text in UTF-16", "write it as ASCII or UTF-8");
        }
    }

    /** False when this line belongs to the body already. */
    private boolean add(String text) throws IOException, UnfitMessage {
        boolean folded = text.startsWith(" ") || text.startsWith("\t");
        if (folded && !name.isEmpty()) {
            value.append(text.isBlank() ? "" : "\r\n" + text); // a line of blanks would be read as the header's end
            return true;
        }
        Matcher field = FIELD.matcher(text);
        if (field.matches()) {
            endField();
            name = field.group(1);
            value.append(field.group(2));
            return true;
        }
        return (line == 1 && MBOX.matcher(text).matches()) || noField(text);
    }

    private void endField() throws UnfitMessage {
        if (CONTROL.matcher(value).find()) {
            throw new UnfitMessage(
                    "header field " + shown(name) + " holds a control character",
                    "leave it out or encode it (RFC 2047)");
        }
        if (!name.isEmpty()) {
            fields.add(new HeaderField(name, value.toString(), charset));
        }
        value.setLength(0);
    }

    private boolean noField(String text) throws IOException, UnfitMessage {
        if (!lenient) {
            throw new UnfitMessage(
                    "line " + line + " of the header is no header field: \"" + shown(text) + "\"", ADVICE);
        }
        in.unread((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return false;
    }

    /** Without its end; null when there is none and the stream is over. */
    private @Nullable String line() throws IOException, UnfitMessage {
        StringBuilder text = new StringBuilder();
        int octet = next();
        while (octet >= 0 && octet != '\n' && octet != '\r') {
            text.append((char) octet);
            octet = next();
        }
        if (octet == '\r') {
            int after = in.read();
            if (after >= 0 && after != '\n') {
                in.unread(after);
            }
        }
        if (octet < 0 && !lenient) {
            throw new UnfitMessage(
                    text.length() == 0 && name.isEmpty()
                            ? "the message is empty"
                            : "the message ends within its header",
                    "write it whole; an empty line ends the header, also where there is no text");
        }
        return octet < 0 && text.length() == 0 ? null : text.toString();
    }

    private int next() throws IOException, UnfitMessage {
        left--;
        if (left < 0) {
            throw new UnfitMessage(
                    "the header is too large (Exchange takes 64 KB), or no empty line ends it",
                    "shorten or end the header");
        }
        return in.read();
    }

    static String shown(String text) {
        String plain = text.replaceAll("[^ -~]", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "..." : plain;
    }
}
