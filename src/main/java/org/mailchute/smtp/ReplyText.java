package org.mailchute.smtp;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text of a reply, which may have come in several lines (RFC 5321 section 4.2.1). */
final class ReplyText {
    /** What a login looks like on the wire. Some servers repeat a command they did not like (promise P9). */
    private static final Pattern SECRET =
            Pattern.compile("(?<![A-Za-z0-9+/])(?!SmtpClientAuthentication\\b)[A-Za-z0-9+/]{24,}=*");

    private ReplyText() {}

    static String of(List<String> lines, boolean duringAuth) {
        String text = lines.stream()
                .map(line -> line.length() > 3 ? line.substring(4) : "")
                .collect(Collectors.joining(" "));
        return duringAuth ? SECRET.matcher(text).replaceAll("(hidden)") : text;
    }
}
