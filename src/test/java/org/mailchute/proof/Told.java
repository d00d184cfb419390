package org.mailchute.proof;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the mail log.
 *
 * @param kind its first word
 * @param rest what follows
 */
record Told(String kind, String rest) {
    private static final Pattern LINE = Pattern.compile("\\S+ +\\S+ +mail: ([a-z-]+) (.*)");

    /** Empty for a line of another log. */
    static Optional<Told> parse(String line) {
        Matcher told = LINE.matcher(line);
        return told.matches() ? Optional.of(new Told(told.group(1), told.group(2))) : Optional.empty();
    }

    List<String> recipients() {
        return Arrays.asList(field("to").split(","));
    }

    /** Empty where the line has none. */
    String field(String name) {
        Matcher field = Pattern.compile("(?:^| )" + name + "=(\"[^\"]*\"|\\S+)").matcher(rest);
        return field.find() ? field.group(1).replace("\"", "") : "";
    }

    /** The final dot had left, and its reply was not read: for the first time, or for the last. */
    boolean isUncertain() {
        String reason = field("reason");
        return field("reply").startsWith("no reply: ")
                && (reason.contains("the server may have it") || reason.startsWith("It may have arrived"));
    }

    /** Without its mark, where it was just being told when the process was killed, and is told again. */
    Told itself() {
        return new Told(kind, rest.replace(" repeat=perhaps", ""));
    }
}
