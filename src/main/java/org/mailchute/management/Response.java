package org.mailchute.management;

/**
 * What a page says.
 *
 * @param status of HTTP (RFC 9110 section 15)
 * @param type media type
 */
public record Response(int status, String type, String body) {
    /** One line for a person. */
    public static Response line(int status, String line) {
        return new Response(status, "text/plain", line + "\n");
    }
}
