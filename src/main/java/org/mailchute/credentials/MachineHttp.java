package org.mailchute.credentials;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * HTTP to the endpoint of the machine we run on, never by a proxy. It remembers the last status, which msal4j's exceptions for
 * managed identities do not carry.
 */
final class MachineHttp implements IHttpClient {
    /**
     * Not now, says Azure: being updated (404, 410), slow (408), asked too often (429). Microsoft, "How to use managed
     * identities on a VM to acquire an access token", error handling.
     */
    private static final Set<Integer> NOT_NOW = Set.of(404, 408, 410, 429);

    private final HttpClient client;
    private final Duration timeout;
    private volatile int lastStatus;

    private record Answer(int statusCode, Map<String, List<String>> headers, String body) implements IHttpResponse {}

    MachineHttp(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public IHttpResponse send(HttpRequest asked) throws IOException, InterruptedException {
        java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(
                        URI.create(asked.url().toString()))
                .timeout(timeout)
                .method(
                        asked.httpMethod().name(),
                        asked.body() == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(asked.body()));
        if (asked.headers() != null) {
            asked.headers().forEach(request::setHeader);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        lastStatus = response.statusCode();
        return new Answer(lastStatus, response.headers().map(), response.body());
    }

    /** Nothing was asked yet. */
    void forget() {
        lastStatus = 0;
    }

    /** The last status; 0 without an answer. */
    int lastStatus() {
        return lastStatus;
    }

    /** Whether the last answer means that a later one may be another. */
    boolean notNow() {
        return lastStatus >= 500 || NOT_NOW.contains(lastStatus);
    }
}
