package org.mailchute.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailchute.deadletter.DeadLetter;
import picocli.CommandLine.Option;

/** The options that say which dead letters are meant. */
final class LetterChoice {
    @Option(names = "--lane", paramLabel = "NAME", description = "Only those of this lane.")
    private @Nullable String lane;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Only those with this in their reason or reply.")
    private @Nullable String reason;

    boolean isMade() {
        return lane != null || reason != null;
    }

    /** Of a script whose variable is empty, perhaps: it would choose all. */
    boolean isBlank() {
        return (lane != null && lane.isBlank()) || (reason != null && reason.isBlank());
    }

    boolean isOf(DeadLetter letter) {
        return (lane == null || lane.equals(letter.check().lane()))
                && (reason == null || has(letter.reason(), reason) || has(letter.reply(), reason));
    }

    private static boolean has(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
