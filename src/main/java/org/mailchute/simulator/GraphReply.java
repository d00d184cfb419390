package org.mailchute.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.simulator.Scenario.Rule;

/**
 * What Graph answers.
 *
 * @param line status, error code and message, and how long to wait: {@code 429 ApplicationThrottled: Too many.; Retry-After: 5}; or
 *     a whole JSON body; {@link Rule#NONE} cuts the connection
 */
record GraphReply(String line) {
    static final GraphReply NOT_FOUND = new GraphReply("404 ErrorInvalidUser: The requested user is invalid.");

    /** More is expected. */
    static final GraphReply CONTINUE = new GraphReply("200 ");

    private static final Pattern LINE =
            Pattern.compile("(\\d{3}) (?:(\\w+)(?:: (.*?))?)?(?:; Retry-After: (\\d+))?", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Something was made, and this says what. */
    static GraphReply made(Map<String, ?> what) throws IOException {
        return new GraphReply("201 " + JSON.writeValueAsString(what));
    }

    void to(HttpExchange request) throws IOException {
        if (line.startsWith("201 ")) {
            answer(request, 201, line.substring(4).getBytes(StandardCharsets.UTF_8));
            return;
        }
        Matcher said = LINE.matcher(line);
        if (line.equals(Rule.NONE)) {
            return; // what is closed without an answer is cut
        }
        if (!said.matches()) {
            throw new IOException("no answer: " + line);
        }
        request.getResponseHeaders().set("request-id", UUID.randomUUID().toString());
        if (said.group(4) != null) {
            request.getResponseHeaders().set("Retry-After", said.group(4));
        }
        int status = Integer.parseInt(said.group(1));
        if (status == 401) {
            request.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"\"");
        }
        if (status < 300) {
            request.sendResponseHeaders(status, -1);
            return;
        }
        byte[] body = JSON.writeValueAsBytes(Map.of(
                "error",
                Map.of("code", String.valueOf(said.group(2)), "message", said.group(3) == null ? "" : said.group(3))));
        answer(request, status, body);
    }

    private static void answer(HttpExchange request, int status, byte[] json) throws IOException {
        request.getResponseHeaders().set("Content-Type", "application/json");
        request.sendResponseHeaders(status, json.length);
        request.getResponseBody().write(json);
    }
}
