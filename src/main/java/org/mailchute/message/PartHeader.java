package org.mailchute.message;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the header of a message, or of a part of one, says of its body (RFC 2045).
 *
 * @param ofDigest of a part there, which is a message where it says no type (RFC 2046 section 5.1.5)
 */
record PartHeader(List<HeaderField> fields, boolean ofDigest) {
    static final String ENCODING = "Content-Transfer-Encoding";
    private static final String MESSAGE = "message/rfc822";
    private static final Set<String> NOT_ENCODED = Set.of("", "7bit", "8bit", "binary");

    PartHeader(List<HeaderField> fields) {
        this(fields, false);
    }

    private String text(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(HeaderField::text)
                .findFirst()
                .orElse("");
    }

    private MimeValue contentType() {
        return MimeValue.parse(text("Content-Type"));
    }

    /** In lower case; empty where that means plain text. */
    private String type() {
        String said = contentType().value().toLowerCase(Locale.ROOT);
        return said.isEmpty() && ofDigest ? MESSAGE : said;
    }

    boolean multipart() {
        return type().startsWith("multipart/");
    }

    boolean digest() {
        return type().equals("multipart/digest");
    }

    /** Empty when there is none. */
    String boundary() {
        return contentType().parameter("boundary").orElse("").stripTrailing();
    }

    boolean message() {
        return type().equals(MESSAGE) && NOT_ENCODED.contains(encoding());
    }

    /** A signature covers every octet of it. */
    boolean signed() {
        return type().equals("multipart/signed");
    }

    boolean isText() {
        return type().isEmpty() || type().startsWith("text");
    }

    /** Nothing within may be encoded (RFC 2046 sections 5.1 and 5.2). */
    boolean composite() {
        return multipart() || type().startsWith("message/");
    }

    String encoding() {
        return text(ENCODING).toLowerCase(Locale.ROOT);
    }

    boolean encoded() {
        return !NOT_ENCODED.contains(encoding());
    }

    /** Says itself that it is not ASCII, or has lines of any length. */
    boolean saysEightBit() {
        return encoding().equals("8bit") || encoding().equals("binary");
    }
}
