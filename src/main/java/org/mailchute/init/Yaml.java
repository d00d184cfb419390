package org.mailchute.init;

import java.util.regex.Pattern;

/** A text as YAML 1.2 writes it. */
final class Yaml {
    /** What can be nothing but a text: an address, a host name, a path. */
    private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9._/-]+|[A-Za-z][A-Za-z0-9-]*([.@][A-Za-z0-9-]+)+");

    private Yaml() {}

    /** @param text without controls */
    static String text(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
