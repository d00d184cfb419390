package org.mailchute.notice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.mailchute.credentials.BoundedBody;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.TlsContexts;

/**
 * Posts to the administrator's webhook: by TLS with the host's name checked, without following redirects, with an end in time and in size.
 * Its address is a secret, so nothing that is thrown names more than its host.
 */
public final class Webhook {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST = 64 << 10;

    private final WebhookPlan plan;

    Webhook(WebhookPlan plan) {
        this.plan = plan;
    }

    /**
     * It was taken when this returns.
     *
     * @throws IOException when it was not, with words for people
     */
    public void post(String json) throws IOException {
        URI address = plan.address();
        checkNear(address.getHost());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        plan.proxy().ifPresent(proxy -> proxy.prove(request, address));
        int status = status(request.build());
        if (status / 100 != 2) {
            throw new IOException(address.getHost() + " answers " + status
                    + (status / 100 == 3 ? ", and where else it leads is not gone to" : ""));
        }
    }

    /** Whoever may set the address must not reach what listens to this machine alone. */
    private void checkNear(String host) throws IOException {
        if (!plan.local() && Stream.of(addresses(host)).anyMatch(Webhook::isNear)) {
            throw new IOException(host + " is this machine or its neighbour; notices.webhook.local allows it");
        }
    }

    /** A proxy may know hosts that we do not. */
    private InetAddress[] addresses(String host) throws IOException {
        try {
            return InetAddress.getAllByName(host.replaceAll("[\\[\\]]", ""));
        } catch (UnknownHostException e) {
            if (plan.proxy().isPresent()) {
                return new InetAddress[0];
            }
            throw new IOException(host + " is not known", e);
        }
    }

    static boolean isNear(InetAddress address) {
        return address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress();
    }

    /** A client for each post, since hours lie between: nothing goes stale. */
    private HttpClient client() throws IOException {
        try {
            HttpClient.Builder client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(TIMEOUT)
                    .sslContext(TlsContexts.of(plan.trust(), Optional.empty()));
            plan.proxy().ifPresent(proxy -> proxy.give(client));
            return client.build();
        } catch (CredentialException e) {
            throw new IOException(e.getMessage() + "; " + e.remedy(), e);
        }
    }

    private int status(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> coming = client().sendAsync(
                        request, head -> new BoundedBody(MOST, () -> new IOException("its answer does not end")));
        try {
            return coming.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IOException("no answer from " + request.uri().getHost() + ": " + why, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            coming.cancel(true);
        }
    }
}
