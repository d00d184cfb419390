package org.mailchute.graph;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailchute.credentials.BoundedBody;
import org.mailchute.credentials.Causes;
import org.mailchute.credentials.CredentialException;
import org.mailchute.reply.Stage;

/** Requests of one mailbox: with its token, without redirects, with an end in time and in size. */
final class Http {
    private final GraphMailbox mailbox;
    private final Clients clients;

    Http(GraphMailbox mailbox, Clients clients) {
        this.mailbox = mailbox;
        this.clients = clients;
    }

    /** No answer, or none of Graph's. */
    static final class Silence extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Said said;

        Silence(Said said) {
            super(String.valueOf(said));
            this.said = said;
        }

        Said said() {
            return said;
        }
    }

    /** A request to the mailbox, with its token. */
    HttpRequest.Builder to(String path) throws Silence {
        try {
            return newBuilder(mailbox.at(path))
                    .header(
                            "Authorization",
                            "Bearer " + mailbox.tokens().token().reveal())
                    .header("Accept", "application/json");
        } catch (CredentialException e) {
            throw unproven(e);
        }
    }

    /** One part of a path. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** One to an address that Graph gave, which says itself who may use it. */
    HttpRequest.Builder elsewhere(URI address) {
        return newBuilder(address);
    }

    private HttpRequest.Builder newBuilder(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        mailbox.proxy().ifPresent(proxy -> proxy.prove(request, address));
        return request;
    }

    /** Begins it; its answer must begin in time. */
    CompletableFuture<HttpResponse<byte[]>> begin(HttpRequest.Builder request, Duration timeout) throws Silence {
        try {
            return clients.client()
                    .sendAsync(
                            request.timeout(timeout).build(),
                            head -> new BoundedBody(
                                    GraphAnswer.MOST, () -> new IOException("its answer does not end")));
        } catch (CredentialException e) {
            throw unproven(e);
        }
    }

    GraphAnswer answer(HttpRequest.Builder request, Duration timeout) throws Silence {
        return answer(begin(request, timeout), timeout);
    }

    /** The whole of it has an end in time, too. */
    GraphAnswer answer(CompletableFuture<HttpResponse<byte[]>> coming, Duration timeout) throws Silence {
        try {
            return GraphAnswer.of(coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            throw new Silence(broken(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Silence(broken(e));
        } finally {
            coming.cancel(true);
        }
    }

    /** Entra being away is like the server being away: it passes, so it must not look like a refused proof. */
    private static Silence unproven(CredentialException e) {
        Stage stage = e.transientFault() ? Stage.CONNECT : Stage.AUTH;
        return new Silence(Said.nothing(stage, e.getMessage() + "; " + e.remedy()));
    }

    private Said broken(Exception e) {
        Throwable root = Causes.root(e);
        String at = mailbox.host() + ":" + mailbox.port();
        if (Causes.include(e, CertificateException.class) || Causes.include(e, CertPathValidatorException.class)) {
            return Said.nothing(Stage.STARTTLS, "certificate of " + at + " not accepted: " + root.getMessage());
        }
        String what = root instanceof TimeoutException || root instanceof HttpTimeoutException
                ? "not in time"
                : String.valueOf(root.getMessage());
        String by = mailbox.proxy()
                .map(proxy -> " by the proxy " + proxy.host() + ":" + proxy.port())
                .orElse("");
        return Said.nothing(Stage.CONNECT, "no answer from " + at + by + ": " + what);
    }
}
