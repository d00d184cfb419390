package org.mailchute.reply;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code class.subject.detail} code of RFC 3463. The class may contradict the reply code's first digit. */
public record EnhancedStatusCode(int statusClass, int subject, int detail) {
    private static final Pattern CODE = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})(?!\\d)");

    /** Reads the code at the start of a reply's text (RFC 2034 section 4); empty where there is none. */
    public static Optional<EnhancedStatusCode> startOf(String text) {
        Matcher code = CODE.matcher(text);
        return code.lookingAt()
                ? Optional.of(new EnhancedStatusCode(
                        Integer.parseInt(code.group(1)),
                        Integer.parseInt(code.group(2)),
                        Integer.parseInt(code.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return statusClass + "." + subject + "." + detail;
    }
}
