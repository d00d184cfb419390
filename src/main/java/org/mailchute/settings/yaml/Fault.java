package org.mailchute.settings.yaml;

/**
 * One thing wrong in a settings file, fit for the administrator who wrote it.
 *
 * @param file as it was named
 * @param line from 1; 0 when it is about the file as a whole
 * @param key where, such as {@code lanes[direct].port}; empty when it is no single key
 * @param value what stands there; never a secret, controls masked
 * @param expected what should stand there
 */
public record Fault(String file, int line, String key, String value, String expected) {
    /** What is expected where an environment variable is not set. */
    public static final String SET_VARIABLE = "an environment variable that is set";

    private static final int SHOWN = 80;

    /** {@code file:12: lanes[direct].port: found "twenty", expected a whole number from 1 to 65535}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line;
        return place + ": " + (key.isEmpty() ? "" : key + ": ") + "found " + value + ", expected " + expected;
    }

    /** A text of the file in quotes: controls and what may be a password in a URL masked, cut short. */
    public static String quoted(String text) {
        String shown = text.replaceAll("\\p{C}", "?")
                .replaceAll("(?i)(pass\\w*=)[^&;)]*", "$1***")
                .replaceAll("//[^/@]*@", "//***@");
        return '"' + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown) + '"';
    }
}
