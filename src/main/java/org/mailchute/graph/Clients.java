package org.mailchute.graph;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.CredentialException;

/**
 * The HTTP client with its kept connections. It is made anew where it has lain idle, or is old: a request over a connection that
 * somebody on the way has forgotten would be one that may or may not have arrived.
 */
final class Clients {
    private record Made(HttpClient client, SSLContext context, Instant since) {}

    private final GraphMailbox mailbox;
    private final Clock clock;
    private @Nullable Made made;
    private Instant used = Instant.MIN;

    Clients(GraphMailbox mailbox, Clock clock) {
        this.mailbox = mailbox;
        this.clock = clock;
    }

    /** @throws CredentialException when the trust file cannot be used */
    synchronized HttpClient client() throws CredentialException {
        SSLContext context = mailbox.tls().context();
        Instant now = clock.instant();
        Made last = made;
        if (last == null || last.context() != context || aged(last, now)) {
            last = new Made(fresh(context), context, now);
            made = last;
        }
        used = now;
        return last.client();
    }

    private boolean aged(Made last, Instant now) {
        return !now.isBefore(last.since().plus(mailbox.times().age()))
                || !now.isBefore(used.plus(mailbox.times().idle()));
    }

    private HttpClient fresh(SSLContext context) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(mailbox.times().connect())
                .sslContext(context);
        mailbox.proxy().ifPresent(proxy -> proxy.give(client));
        return client.build();
    }

    /** Lets one go that lies idle, with its connections and its thread. */
    synchronized void reap() {
        Made last = made;
        if (last != null && aged(last, clock.instant())) {
            made = null;
        }
    }
}
