package org.mailchute.management;

/**
 * What a page says.
 *
 * @param status of HTTP (RFC 9110 section 15)
 * @param type media type
 */
public record Answer(int status, String type, String body) {
    /** One line for a person. */
    public static Answer line(int status, String line) {
        return new Answer(status, "text/plain", line + "\n");
    }
}
