package org.mailchute.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.TlsSource;
import org.mailchute.smtp.Servers;
import org.xbill.DNS.Type;

/**
 * What can be seen from here before there are settings: a domain's records, and which servers answer. It logs in nowhere.
 *
 * @param proxy that HTTPS goes through
 * @param timeout for each connection and each answer; three times that for all that one server takes
 */
public record FirstLook(Zone zone, TlsSource tls, Optional<HttpsProxy> proxy, Duration timeout) {
    /** Addresses of one host; so that those which say nothing are told of, and not cut off. */
    private static final int TRIES = 2;

    /**
     * A domain in the DNS.
     *
     * @param mx its MX hosts in lower case; none where there are none
     * @param spf what is wrong with its SPF record, said of the domain; empty for nothing
     * @param unknown why nothing is known of it
     */
    public record Mail(List<String> mx, Optional<String> spf, Optional<String> unknown) {
        public Mail {
            mx = List.copyOf(mx);
        }
    }

    /** @param greetings of SMTP, one of which it should say; none where it speaks HTTPS */
    public record Door(String host, int port, List<String> greetings) {}

    /** @param seen how it answered, or why not; one line */
    public record Answer(boolean open, String seen) {}

    /**
     * @param include what an SPF record should include
     * @param address of ours that it should name as well
     */
    public Mail mail(String domain, String include, Optional<String> address) {
        Zone.Answer mx = zone.names(domain, Type.MX);
        if (mx.unknown().isPresent()) {
            return new Mail(List.of(), Optional.empty(), mx.unknown());
        }
        return new Mail(
                mx.records().stream()
                        .map(host -> host.replaceFirst("^\\d+ ", "").toLowerCase(Locale.ROOT))
                        .filter(host -> !host.isEmpty())
                        .toList(),
                SpfCheck.fault(Spf.read(zone, domain), include, address),
                Optional.empty());
    }

    /**
     * What each server says, in their order; they are asked side by side.
     *
     * @throws InterruptedException when told to stop
     */
    public List<Answer> knock(List<Door> doors) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "first-look");
            thread.setDaemon(true); // an address may be looked up for longer than anybody waits
            return thread;
        });
        try {
            List<Future<Answer>> running = threads.invokeAll(
                    doors.stream()
                            .map(door -> (java.util.concurrent.Callable<Answer>) () -> knock(door))
                            .toList(),
                    timeout.toMillis() * 3,
                    TimeUnit.MILLISECONDS);
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : running) {
                answers.add(answer(one));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private Answer answer(Future<Answer> running) throws InterruptedException {
        try {
            return running.get();
        } catch (CancellationException e) {
            return new Answer(false, "no answer within " + timeout.toMillis() * 3 + " ms");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a first look failed", e.getCause());
        }
    }

    private Answer knock(Door door) throws InterruptedException {
        try {
            return door.greetings().isEmpty() ? https(door) : smtp(door);
        } catch (IOException | CredentialException e) {
            return new Answer(
                    false, "no answer: " + Optional.ofNullable(e.getMessage()).orElse("no connection"));
        } catch (Servers.NotFound e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    private Answer smtp(Door door) throws IOException, Servers.NotFound {
        IOException last = new IOException("no address");
        for (Servers.Server server :
                Servers.of(door.host(), false).find().stream().limit(TRIES).toList()) {
            try (Talk talk = Talk.open(server, door.port(), Optional.empty(), timeout)) {
                Heard heard = talk.hear();
                boolean theirs = door.greetings().stream()
                        .anyMatch(greeting -> heard.lines().get(0).contains(greeting));
                return theirs
                        ? new Answer(true, "open")
                        : new Answer(
                                false,
                                "another server answers, a firewall or the provider catches SMTP: " + heard.reply());
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Any answer will do: without a token it is a refusal. */
    private Answer https(Door door) throws IOException, CredentialException, InterruptedException {
        URI address = URI.create("https://" + door.host() + ":" + door.port() + "/");
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .sslContext(tls.context());
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(timeout);
        proxy.ifPresent(one -> {
            one.give(client);
            one.prove(request, address);
        });
        int status =
                client.build().send(request.build(), BodyHandlers.discarding()).statusCode();
        String by = proxy.map(one -> " by the proxy " + one).orElse("");
        return status == HttpsProxy.WANTS_LOGIN
                ? new Answer(false, "the proxy wants another login" + by)
                : new Answer(true, "open" + by);
    }
}
