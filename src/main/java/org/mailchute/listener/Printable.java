package org.mailchute.listener;

/** What a device says, as it may stand on a line of a log, a list or a reply. */
final class Printable {
    private static final int LONGEST = 100;

    private Printable() {}

    /** Printable ASCII, at most 100 characters. */
    static String line(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return shown(shown);
    }

    /** A reason of ours within the 512 octets of a reply line (RFC 5321 section 4.5.3.1.5). */
    static String reply(String text) {
        return shown(text.length() > 400 ? text.substring(0, 400) + "..." : text);
    }

    /** Printable ASCII. */
    static String shown(String text) {
        return text.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
