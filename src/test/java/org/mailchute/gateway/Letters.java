package org.mailchute.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.mailchute.simulator.Received;

/** Mail as applications ask for it, and as it arrives. */
public final class Letters {
    private Letters() {}

    /** A mail request. */
    public static String letter(String... to) {
        return "{\"to\": [\"%s\"], \"subject\": \"Reminder\", \"text\": \"Please pay.\"}"
                .formatted(String.join("\", \"", to));
    }

    /** A character for each octet. */
    static String text(Received mail) {
        try {
            return Files.readString(mail.file(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
