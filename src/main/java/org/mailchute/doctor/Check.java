package org.mailchute.doctor;

/**
 * One result.
 *
 * @param seen what was seen, on one line, without a secret
 * @param remedy what to do; empty when there is nothing
 */
public record Check(Topic topic, Status status, String seen, String remedy) {
    public Check {
        seen = line(seen);
        remedy = line(remedy);
    }

    /** A server may say anything: no control gets to the terminal. */
    private static String line(String text) {
        return text.replaceAll("[\\r\\n]+", " ")
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?")
                .strip();
    }
}
