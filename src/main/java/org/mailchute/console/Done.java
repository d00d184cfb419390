package org.mailchute.console;

import java.util.List;
import org.mailchute.management.Request;

/** What the visitor has just done, as the next page's address tells it: one of few words, so that no link puts others there. */
final class Done {
    private static final List<String> WORDS = List.of("replayed", "dropped", "held", "released", "begun");

    private Done() {}

    /** Empty where it was nothing. */
    static String of(Request request) {
        String word = request.parameters().getOrDefault("done", "");
        return WORDS.contains(word) ? word : "";
    }
}
