package org.mailchute.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a page says.
 *
 * @param status of HTTP (RFC 9110 section 15)
 * @param type media type
 * @param headers more of them, in their order
 * @param live is given what takes further events after this, until the other side closes; empty where the body is all
 */
public record Response(
        int status,
        String type,
        String body,
        List<Map.Entry<String, String>> headers,
        Optional<Consumer<LiveEvents>> live) {
    public Response {
        headers = List.copyOf(headers);
    }

    public Response(int status, String type, String body) {
        this(status, type, body, List.of(), Optional.empty());
    }

    /** One line for a person. */
    public static Response line(int status, String line) {
        return new Response(status, "text/plain", line + "\n");
    }

    /** Events from now on, as a browser's {@code EventSource} takes them. */
    public static Response live(Consumer<LiveEvents> takes) {
        return new Response(200, "text/event-stream", "", List.of(), Optional.of(takes));
    }

    /** The same with another header field. */
    public Response with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Response(status, type, body, more, live);
    }
}
