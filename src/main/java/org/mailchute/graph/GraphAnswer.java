package org.mailchute.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/**
 * One whole answer of Graph's.
 *
 * @param status HTTP's
 * @param json its body; nothing where that is none
 * @param requestId by which Microsoft's support finds it; empty where none is said
 * @param retryAfter how long it asks to wait, as it says so; empty where it does not
 */
record GraphAnswer(int status, JsonNode json, String requestId, String retryAfter) {
    /** Octets. A draft that was made comes back with its text. */
    static final int MOST = 8 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 300;
    private static final int ACCEPTED = 202;
    private static final Set<Integer> BETWEEN = Set.of(502, 504);

    static GraphAnswer of(HttpResponse<byte[]> response) {
        return new GraphAnswer(
                response.statusCode(),
                json(response.body()),
                response.headers().firstValue("request-id").orElse(""),
                response.headers().firstValue("Retry-After").orElse(""));
    }

    /** @param body null where Java gives none, for a proxy that wants a login */
    private static JsonNode json(byte @Nullable [] body) {
        if (body == null) {
            return JSON.missingNode();
        }
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** A value of its body; empty where it has none. */
    String text(String name) {
        return json.path(name).asText();
    }

    boolean agreed() {
        return status >= 200 && status < 300;
    }

    /**
     * What it means for the message.
     *
     * @param whole whether all of the request was sent. Then one that somebody in the middle gives, who had none from Graph
     *     itself, leaves it open whether the message is there
     */
    Said said(boolean whole) {
        if (whole && BETWEEN.contains(status)) {
            return Said.nothing(Stage.END_OF_DATA, reply().toString());
        }
        if (status < 400 && status != ACCEPTED) {
            return Said.nothing(Stage.CONNECT, "answered " + status + ", which is no answer of Graph's");
        }
        return new Said(whole ? Stage.END_OF_DATA : Stage.DATA, reply());
    }

    /** Such as {@code 403 ErrorSendAsDenied: The user account ...; request-id ...}. */
    Reply reply() {
        JsonNode error = json.path("error");
        String code = error.path("code").asText();
        String message = error.path("message").asText();
        String said = status < 400
                ? "Accepted"
                : code.isEmpty() ? "without an error of Graph's" : message.isEmpty() ? code : code + ": " + message;
        return new Reply(Math.max(200, Math.min(599, status)), cut(said) + tail());
    }

    private String tail() {
        return (retryAfter.matches("\\d{1,9}") ? "; Retry-After: " + retryAfter : "")
                + (requestId.isEmpty() ? "" : "; request-id " + cut(requestId));
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
