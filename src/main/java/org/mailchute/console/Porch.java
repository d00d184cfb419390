package org.mailchute.console;

import org.mailchute.management.Request;

/**
 * What the pages for whoever is not signed in have in common.
 *
 * @param gateway its name
 */
public record Porch(Words words, String gateway) {
    static Porch of(Request request, String gateway) {
        return new Porch(Words.of(request), gateway);
    }

    /** {@link Words#say(String, Object...)} */
    public String say(String key, Object... values) {
        return words.say(key, values);
    }
}
