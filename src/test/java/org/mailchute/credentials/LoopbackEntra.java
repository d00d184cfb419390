package org.mailchute.credentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Microsoft's token endpoint on loopback, over real TLS. Gives token-1, token-2 and so on unless told otherwise. */
final class LoopbackEntra implements AutoCloseable {
    private static final String CODE =
            "{\"user_code\":\"ABCD\",\"device_code\":\"device\",\"verification_uri\":\"https://login.example\","
                    + "\"expires_in\":900,\"interval\":1,\"message\":\"Enter ABCD.\"}";
    private static final String PERSON =
            "{\"sub\":\"1\",\"oid\":\"1\",\"tid\":\"2\",\"preferred_username\":\"ann@contoso.com\",\"exp\":4102444800,\"iat\":0,"
                    + "\"aud\":\"app\",\"iss\":\"entra\"}";

    /** Parts of 1,024 octets: 64 MB. */
    private static final long MUCH = 64L << 10;

    /** How long its tokens live. */
    private static final Duration LIFE = Duration.ofHours(1);

    /**
     * A token, and when it was asked for, by the machine's clock, which is the one msal4j reckons its end by. It ends an hour after some moment
     * between those two: however long that took, these times are on the side of it they say.
     */
    record Given(String token, Instant before, Instant after) {
        /** The token is good for so long then, and a second more, for msal4j cuts them off. */
        Instant surelyFor(Duration rest) {
            return before.plus(LIFE).minus(rest).minusSeconds(2);
        }

        /** And now no more. */
        Instant surelyNotFor(Duration rest) {
            return after.plus(LIFE).minus(rest);
        }
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile String error = "";
    private volatile String code = "invalid_client";
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile String heard = "";
    private volatile String instead = "";
    private volatile boolean talking;
    private volatile boolean faltering;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean leftAlone;

    LoopbackEntra(SSLContext context) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String authority() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/contoso.onmicrosoft.com/";
    }

    int requests() {
        return requests.get();
    }

    /** The last request's body. */
    String heard() {
        return heard;
    }

    void fails(int newStatus, String description) {
        status = newStatus;
        error = description;
    }

    /** Answers with this in place of a token. */
    void says(String text) {
        says(200, text);
    }

    /** Answers with this, whatever it is. */
    void says(int newStatus, String text) {
        status = newStatus;
        instead = text;
    }

    /** Answers with 64 MB before it comes to an end. */
    void talksOn() {
        talking = true;
    }

    /** Answers an octet at a time, and never comes to an end. */
    void falters() {
        faltering = true;
    }

    /** Whether who asked has hung up on a long answer. */
    boolean leftAlone() {
        return leftAlone;
    }

    /** Refuses what a person's sign-in was good for. */
    void ended(String description) {
        code = "invalid_grant";
        fails(400, description);
    }

    /** Answers nobody until the gate opens. */
    void waitsFor(CountDownLatch newGate) {
        gate = newGate;
    }

    /** Has a token fetched. */
    Given given(TokenSource source) throws CredentialException {
        Instant before = Clock.systemUTC().instant();
        String token = source.token().reveal();
        return new Given(token, before, Clock.systemUTC().instant());
    }

    private void answer(HttpExchange exchange) throws IOException {
        heard = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int number = requests.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (talking || faltering) {
            talkOn(exchange);
            return;
        }
        String path = exchange.getRequestURI().getPath();
        String good = path.endsWith("/devicecode") ? CODE : token(number);
        String own = status == 200 ? good : refusal();
        byte[] json = (instead.isEmpty() ? own : instead).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    private void talkOn(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        byte[] part = " ".repeat(faltering ? 1 : 1024).getBytes(StandardCharsets.US_ASCII);
        try (exchange) {
            for (long parts = 0; faltering || parts < MUCH; parts++) {
                exchange.getResponseBody().write(part);
                exchange.getResponseBody().flush();
                pace();
            }
        } catch (IOException e) {
            leftAlone = true;
        }
    }

    private void pace() throws IOException {
        try {
            if (faltering) {
                closing.await(10, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** To a person, also the means to go on (RFC 6749 section 6), and who it is. */
    private String token(int number) {
        String person = heard.contains("SMTP.Send") ? person(number) : "";
        return "{\"token_type\":\"Bearer\",\"expires_in\":" + LIFE.toSeconds() + ",\"access_token\":\"token-" + number
                + "\"" + person + "}";
    }

    private static String person(int number) {
        return ",\"refresh_token\":\"refresh-" + number + "\",\"scope\":\"https://outlook.office.com/SMTP.Send\","
                + "\"client_info\":\"" + base64("{\"uid\":\"1\",\"utid\":\"2\"}") + "\",\"id_token\":\""
                + base64("{\"alg\":\"none\"}") + "." + base64(PERSON) + ".\"";
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private String refusal() {
        return "{\"error\":\"" + code + "\",\"error_description\":\"" + error + "\"}";
    }

    @Override
    public void close() {
        gate.countDown();
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
