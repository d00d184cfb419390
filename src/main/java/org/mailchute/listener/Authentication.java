package org.mailchute.listener;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.mailchute.envelope.DeviceText;
import org.mailchute.smtpserver.Lines;

/**
 * AUTH PLAIN (RFC 4616) and LOGIN, in any case, with or without an initial response (RFC 4954). In UTF-8, else in the
 * devices' own character set.
 */
record Authentication(Lines lines, Charset charset) {
    /** What a device says of itself. Its password is in no text of this. */
    record Claim(String user, String password) {
        @Override
        public String toString() {
            return "(a login)";
        }
    }

    /** The device's claim; empty when it has been told what is wrong. */
    Optional<Claim> ask(String rest) throws IOException {
        String[] words = rest.strip().split("\\s+", 2);
        String first = words.length > 1 ? words[1] : "";
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> plain(first);
            case "LOGIN" -> login(first);
            default -> wrong("504 5.5.4 Only PLAIN and LOGIN are known");
        };
    }

    private Optional<Claim> plain(String first) throws IOException {
        Optional<String> response = decoded(first.isEmpty() ? asked("334 ") : first);
        if (response.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = response.get().split("\0", -1);
        if (parts.length != 3 || !parts[0].isEmpty() && !parts[0].equals(parts[1])) {
            return wrong("501 5.5.2 Not a response of AUTH PLAIN");
        }
        return Optional.of(new Claim(parts[1], parts[2]));
    }

    private Optional<Claim> login(String first) throws IOException {
        Optional<String> user = decoded(first.isEmpty() ? asked("334 VXNlcm5hbWU6") : first);
        Optional<String> password = user.isEmpty() ? Optional.empty() : decoded(asked("334 UGFzc3dvcmQ6"));
        return password.map(secret -> new Claim(user.orElseThrow(), secret));
    }

    private String asked(String challenge) throws IOException {
        lines.say(challenge);
        return lines.line();
    }

    private Optional<String> decoded(String base64) {
        String text = base64.strip();
        if (text.equals("*")) {
            return wrong("501 5.7.0 Cancelled");
        }
        try {
            // "=" stands for an empty response (RFC 4954 section 4)
            byte[] octets = text.equals("=") ? new byte[0] : Base64.getDecoder().decode(text);
            return Optional.of(DeviceText.of(octets, charset));
        } catch (IllegalArgumentException e) {
            return wrong("501 5.5.2 Not base64");
        }
    }

    private <T> Optional<T> wrong(String reply) {
        lines.say(reply);
        return Optional.empty();
    }
}
