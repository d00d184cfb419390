package org.mailchute.credentials;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * HTTP for msal4j, whose own client reads whatever it is sent. The whole of an answer has an end here, in time and in size, and
 * a request goes nowhere else than where it was meant to (no redirects).
 */
final class TokenHttp implements IHttpClient {
    /** Octets. A token has some 2,000. */
    static final int MOST = 1 << 20;

    private final HttpClient client;
    private final Optional<HttpsProxy> proxy;
    private final Duration timeout;

    record Answer(int statusCode, Map<String, List<String>> headers, String body) implements IHttpResponse {}

    private TokenHttp(HttpClient.Builder client, Optional<HttpsProxy> proxy, Duration timeout) {
        this.proxy = proxy;
        this.timeout = timeout;
        this.client = client.version(HttpClient.Version.HTTP_1_1).build();
    }

    /**
     * To an authority.
     *
     * @param proxy between; where there is none, the one that the JVM is told of
     * @param timeout for the whole of one answer, 1 ms or more
     */
    static IHttpClient trusting(SSLContext tls, Optional<HttpsProxy> proxy, Duration timeout) {
        TokenHttp http = by(tls, proxy, timeout);
        return asked -> TrueAnswers.ofEntra(asked, http.send(asked));
    }

    private static TokenHttp by(SSLContext tls, Optional<HttpsProxy> proxy, Duration timeout) {
        HttpClient.Builder client = HttpClient.newBuilder().sslContext(tls);
        proxy.ifPresent(between -> between.give(client));
        return new TokenHttp(client, proxy, timeout);
    }

    /** Likewise, one page of an authority, whatever it says. */
    static IHttpResponse get(URI page, SSLContext tls, Optional<HttpsProxy> proxy, Duration timeout)
            throws IOException, InterruptedException, TimeoutException, ExecutionException, CredentialException {
        java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(page);
        proxy.ifPresent(between -> between.prove(request, page));
        return by(tls, proxy, timeout).send(request.build());
    }

    /** @param timeout for the whole of one answer, 1 ms or more */
    static TokenHttp withoutProxy(Duration timeout) {
        return new TokenHttp(HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY), Optional.empty(), timeout);
    }

    @Override
    public IHttpResponse send(HttpRequest asked)
            throws IOException, InterruptedException, TimeoutException, ExecutionException, CredentialException {
        return send(request(asked));
    }

    private IHttpResponse send(java.net.http.HttpRequest asked)
            throws IOException, InterruptedException, TimeoutException, ExecutionException, CredentialException {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(
                asked,
                head -> new BoundedBody(
                        MOST,
                        () -> TrueAnswers.inPlaceOf(
                                asked.uri().getHost(), "answers with more than " + MOST + " octets")));
        try {
            HttpResponse<byte[]> response = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() == HttpsProxy.WANTS_LOGIN && response.body() == null) {
                throw wantsLogin();
            }
            return new Answer(response.statusCode(), response.headers().map(), text(response.body()));
        } finally {
            coming.cancel(true);
        }
    }

    private CredentialException wantsLogin() {
        return new CredentialException(
                "no token from Entra: the proxy on the way wants a login, or another one",
                "Set user and password of gateway.proxy in mailchute.yaml (or in https_proxy).",
                false,
                new IOException("the proxy answers " + HttpsProxy.WANTS_LOGIN));
    }

    /** Without a byte order mark, which may be ignored (RFC 8259 section 8.1). */
    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private java.net.http.HttpRequest request(HttpRequest asked) {
        BodyPublisher body = asked.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(asked.body());
        java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(
                        URI.create(asked.url().toString()))
                .method(asked.httpMethod().name(), body);
        if (asked.headers() != null) {
            asked.headers().forEach(request::setHeader);
        }
        proxy.ifPresent(between -> between.prove(request, URI.create(asked.url().toString())));
        return request.build();
    }
}
