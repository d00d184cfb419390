package org.mailchute.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which extra header fields an application may set. Fields that Mailchute or a server writes are never among them. */
public final class HeaderPolicy {
    /** RFC 5322 section 3.6.8: printable ASCII but the colon. */
    private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,76}");

    private static final Pattern OURS = Pattern.compile(
            "from|to|cc|bcc|sender|reply-to|subject|date|message-id|return-path|auto-submitted|delivered-to"
                    + "|(content|mime|dkim|arc|resent|x-ms-exchange|x-microsoft-antispam|x-forefront-antispam|received|x-sender|x-receiver|authentication|disposition-notification)(-.*)?",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 900;

    private final List<String> allowed;

    /** @param allowed names, or beginnings of names that end in {@code *} */
    public HeaderPolicy(List<String> allowed) {
        this.allowed =
                allowed.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** What is wrong with this field; empty when it may pass. */
    public Optional<String> fault(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("is not a header field name");
        }
        if (OURS.matcher(name).matches() || !allowed(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("is not a header field that applications may set");
        }
        if (value.codePoints().anyMatch(Character::isISOControl)
                || value.indexOf('\u2028') >= 0
                || value.indexOf('\u2029') >= 0) {
            return Optional.of("has a line end or control character in its value");
        }
        return value.getBytes(StandardCharsets.UTF_8).length > LONGEST
                ? Optional.of("has a value of more than " + LONGEST + " octets")
                : Optional.empty();
    }

    private boolean allowed(String name) {
        return allowed.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }
}
