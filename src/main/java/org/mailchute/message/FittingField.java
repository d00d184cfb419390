package org.mailchute.message;

import jakarta.mail.internet.MimeUtility;
import java.util.regex.Pattern;

/** A header field as it goes out: in ASCII, in lines of no more than 998 octets (RFC 5322 sections 2.1.1 and 2.2). */
final class FittingField {
    /** Their parts have meaning, so encoded words have no place in them. */
    private static final Pattern STRUCTURED = Pattern.compile(
            "content-(type|disposition|transfer-encoding|id)|mime-version|message-id|in-reply-to|references|date|dkim-.*|arc-.*");

    private static final Pattern WITH_NAMES = Pattern.compile("content-(type|disposition)");

    private FittingField() {}

    /** @throws UnfitMessage when it cannot be folded */
    static HeaderField of(HeaderField field) throws UnfitMessage {
        if (fits(field)) {
            return field;
        }
        HeaderField fit = new HeaderField(field.name(), " " + value(field));
        if (!fits(fit)) {
            throw new UnfitMessage(
                    "header field " + HeaderReader.shown(field.name()) + " has a line of more than 998 characters",
                    "fold it at a blank (RFC 5322 section 2.2.3)");
        }
        return fit;
    }

    static boolean fits(HeaderField field) {
        return field.ascii() && field.longestLine() <= BodyCopy.LONGEST_LINE;
    }

    private static String value(HeaderField field) {
        if (WITH_NAMES.matcher(field.key()).matches()) {
            return MimeValue.parse(field.text()).fit(field.is("Content-Type"));
        }
        if (field.ascii()) {
            return MimeUtility.fold(field.name().length() + 2, field.text());
        }
        return STRUCTURED.matcher(field.key()).matches()
                ? field.text().replaceAll("[^ -~]", "?")
                : HeaderText.value(field.name(), field.text());
    }
}
