package org.mailchute.management;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What is asked.
 *
 * @param parameters of the query; the last one of a name counts
 * @param authorization the header field, or empty
 * @param accept likewise
 */
public record Request(String method, String path, Map<String, String> parameters, String authorization, String accept) {
    private static final int MOST_PARAMETERS = 64;

    /** @throws IllegalArgumentException when its target is none (RFC 9112 section 3.2) */
    static Request of(HttpRequest request) {
        URI target = URI.create(request.uri());
        return new Request(
                request.method().name(),
                Objects.requireNonNullElse(target.getPath(), ""),
                parameters(Objects.requireNonNullElse(target.getRawQuery(), "")),
                request.headers().get(HttpHeaderNames.AUTHORIZATION, ""),
                request.headers().get(HttpHeaderNames.ACCEPT, ""));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, List<String>> all =
                new QueryStringDecoder(query, StandardCharsets.UTF_8, false, MOST_PARAMETERS, true).parameters();
        return all.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        parameter ->
                                parameter.getValue().get(parameter.getValue().size() - 1)));
    }
}
