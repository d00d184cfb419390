package org.mailchute.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.reply.Reply;

/**
 * A whole reply, line by line.
 *
 * @param lines without code and separator; at least one
 */
record Heard(int code, List<String> lines) {
    /** Exchange Online says in its reply to EHLO whom it sees. */
    private static final Pattern HELLO = Pattern.compile("Hello \\[([0-9A-Fa-f:.]+)]");

    Reply reply() {
        return new Reply(code, String.join(" ", lines));
    }

    boolean positive() {
        return code >= 200 && code < 300;
    }

    /** What follows an EHLO keyword (RFC 5321 section 4.1.1.1); empty text for one that stands alone. */
    Optional<String> keyword(String keyword) {
        return lines.stream()
                .skip(1)
                .map(line -> line.split(" ", 2))
                .filter(words -> words[0].toUpperCase(Locale.ROOT).equals(keyword))
                .map(words -> words.length > 1 ? words[1] : "")
                .findFirst();
    }

    Optional<String> seenAddress() {
        Matcher hello = HELLO.matcher(lines.get(0));
        return hello.find() ? Optional.of(hello.group(1)) : Optional.empty();
    }
}
