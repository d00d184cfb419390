package org.mailchute.management;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is asked.
 *
 * @param parameters of the query; the last one of a name counts
 * @param form what a form's fields hold, likewise; empty where none was posted
 * @param headers by name in lower case; of a field that comes twice the last one
 * @param from the other side of the connection
 */
public record Request(
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, String> form,
        Map<String, String> headers,
        InetAddress from) {
    private static final int MOST_PARAMETERS = 64;

    /** @throws IllegalArgumentException when its target is none (RFC 9112 section 3.2) */
    static Request of(FullHttpRequest request, InetAddress from) {
        URI target = URI.create(request.uri());
        return new Request(
                request.method().name(),
                Objects.requireNonNullElse(target.getPath(), ""),
                parameters(Objects.requireNonNullElse(target.getRawQuery(), "")),
                isForm(request) ? parameters(request.content().toString(StandardCharsets.UTF_8)) : Map.of(),
                request.headers().entries().stream()
                        .collect(Collectors.toMap(
                                header -> header.getKey().toLowerCase(Locale.ROOT),
                                Map.Entry::getValue,
                                (first, last) -> last)),
                from);
    }

    private static boolean isForm(FullHttpRequest request) {
        return request.headers()
                .get(HttpHeaderNames.CONTENT_TYPE, "")
                .startsWith(HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED.toString());
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

    /** @return the header field's value, or empty */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /** What the browser was told to keep under this name (RFC 6265 section 5.4). */
    public Optional<String> cookie(String name) {
        return ServerCookieDecoder.STRICT.decode(header("cookie")).stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst();
    }
}
