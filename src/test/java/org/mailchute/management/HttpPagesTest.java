package org.mailchute.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.testing.Hearing;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.Patience;

class HttpPagesTest {
    private static final int OF_ONE = 8;
    private static final int ALL = 12;
    private static final int LARGE = 16 * 1024 * 1024;
    private static final ConnectionLimits PATIENT =
            new ConnectionLimits(ALL, OF_ONE, Patience.LONGEST, Patience.LONGEST, Patience.LONGEST);
    private static final String HALF = "GET /health HTTP/1.1\r\nHost: gateway\r\n";
    private static final String WHOLE = HALF + "\r\n";

    private final MovableClock clock = new MovableClock();
    private final List<Socket> callers = new ArrayList<>();
    private final BlockingQueue<LiveEvents> told = new LinkedBlockingQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // set by each test
    private HttpPages pages;

    @SuppressWarnings("NullAway.Init") // likewise
    private InetSocketAddress address;

    private void listen(ConnectionLimits limits) throws IOException {
        pages = new HttpPages(limits, clock);
        pages.health("/health", request -> Response.line(200, "well"));
        pages.health("/health/slow", request -> {
            begun.countDown();
            never.await();
            return Response.line(200, "well at last");
        });
        pages.open("/open", request -> Response.line(200, "open " + request.parameters()));
        pages.open("/large", request -> Response.line(200, "x".repeat(LARGE)));
        pages.open("/faulty", request -> {
            throw new IOException("our own doing");
        });
        pages.open("/replaced", request -> {
            throw new NoClassDefFoundError("its jar was replaced");
        });
        pages.open("/long", request -> {
            never.await();
            return Response.line(200, "at last");
        });
        pages.guarded(
                "/guarded",
                request -> request.header("authorization").equals("key")
                        ? Optional.empty()
                        : Optional.of(Response.line(401, "no")),
                request -> {
                    begun.countDown();
                    never.await();
                    return Response.line(200, "at last");
                });
        pages.open(
                "/form",
                request -> Response.line(
                                200,
                                request.form() + " " + request.cookie("kept").orElse("nothing kept") + " "
                                        + request.from().getHostAddress())
                        .with("Set-Cookie", "kept=1")
                        .with("Set-Cookie", "more=2"));
        pages.open(
                "/live",
                request -> Response.live(events -> {
                    events.send("first\nof two lines");
                    told.add(events);
                }));
        address = pages.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
    }

    @AfterEach
    void close() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
        pages.close();
    }

    private Socket caller(String from) throws IOException {
        Socket caller = new Socket();
        caller.bind(new InetSocketAddress(from, 0));
        caller.setSoTimeout(Patience.MILLIS);
        caller.setReceiveBufferSize(8 * 1024);
        caller.connect(address);
        callers.add(caller);
        return caller;
    }

    private Socket says(String from, String octets) throws IOException {
        Socket caller = caller(from);
        caller.getOutputStream().write(octets.getBytes(StandardCharsets.US_ASCII));
        return caller;
    }

    private static String heard(Socket caller) throws IOException {
        return new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String answer(String request) throws IOException {
        return heard(says("127.0.0.1", request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                HALF,
                "POST /health HTTP/1.1\r\nContent-Length: 9\r\n\r\n1",
                "GET /large HTTP/1.1\r\n\r\n"
            })
    @DisplayName("P9: however many say nothing, half a request, or read nothing, who asks at once is answered")
    void whoAsksAtOnceIsAnswered(String octets) throws IOException {
        listen(PATIENT);
        for (int number = 0; number < 3 * ALL; number++) {
            says("127.0.0.1", octets);
        }
        assertThat(answer(WHOLE)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nwell\n");
    }

    @Test
    @DisplayName("P9: pages that wait keep no probe waiting")
    void pagesThatWaitKeepNoProbeWaiting() throws IOException {
        listen(PATIENT);
        for (int number = 0; number < OF_ONE - 1; number++) {
            says("127.0.0.1", "GET /long HTTP/1.1\r\n\r\n");
        }
        assertThat(answer(WHOLE)).endsWith("well\n");
    }

    @Test
    void whereTooManyAreOpenTheOldestOfTheAddressThatHasMostGivesWayAndItIsToldOnce() throws IOException {
        listen(PATIENT);
        try (LogLines log = LogLines.of(Callers.class.getName())) {
            Socket other = says("127.0.0.2", HALF);
            Socket oldest = says("127.0.0.1", HALF);
            for (int number = 0; number < OF_ONE; number++) {
                says("127.0.0.1", HALF);
            }
            assertThat(Hearing.isOver(oldest)).isTrue();
            Socket next = callers.get(2);
            for (int number = 0; number < ALL - OF_ONE; number++) {
                says("127.0.0.3", HALF);
            }
            assertThat(Hearing.isOver(next)).isTrue();

            other.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(heard(other)).endsWith("well\n");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("10 connections are open, 9 of them from 127.0.0.1");
        }
    }

    @Test
    @DisplayName("P9: a probe that has asked is answered, however many connect meanwhile")
    void whoHasAskedForHealthDoesNotGiveWay() throws Exception {
        listen(PATIENT);
        Socket probe = says("127.0.0.1", "GET /health/slow HTTP/1.1\r\n\r\n");
        begun.await();
        for (int number = 0; number < 3 * OF_ONE; number++) {
            says("127.0.0.1", HALF);
        }
        assertThat(answer("GET /open HTTP/1.1\r\n\r\n"))
                .as("all of them are there")
                .contains("open {}");
        never.countDown();
        assertThat(heard(probe)).endsWith("well at last\n");
    }

    @Test
    void whoHasTheTokenDoesNotGiveWay() throws Exception {
        listen(PATIENT);
        Socket trusted = says("127.0.0.1", "POST /guarded HTTP/1.1\r\nAuthorization: key\r\n\r\n");
        begun.await();
        for (int number = 0; number < 3 * OF_ONE; number++) {
            says("127.0.0.1", HALF);
        }
        assertThat(answer(WHOLE)).endsWith("well\n");
        never.countDown();
        assertThat(heard(trusted)).endsWith("at last\n");
    }

    @Test
    @DisplayName("P9: a request that comes octet by octet is left after its time")
    void aRequestThatDripsIsLeft() throws IOException {
        listen(new ConnectionLimits(ALL, OF_ONE, Duration.ofMillis(300), Patience.LONGEST, Patience.LONGEST));
        Socket dripping = says("127.0.0.1", "GET /health HTTP/1.1\r\nX: ");
        dripping.setSoTimeout(20);
        assertThat(drips(dripping)).as("it was closed").isTrue();
    }

    private static boolean drips(Socket caller) throws IOException {
        for (int octet = 0; octet < Patience.MILLIS / 20; octet++) {
            if (Hearing.isOver(caller)) {
                return true;
            }
            if (refusesMore(caller)) {
                return true;
            }
        }
        return false;
    }

    @Test
    @DisplayName("P9: who does not read the answer is left after its time")
    void whoReadsNothingIsLeft() throws IOException {
        listen(new ConnectionLimits(ALL, OF_ONE, Patience.LONGEST, Duration.ofMillis(300), Patience.LONGEST));
        Socket caller = says("127.0.0.1", "GET /large HTTP/1.1\r\n\r\n");
        await("left by the gateway").until(() -> refusesMore(caller));
    }

    private static boolean refusesMore(Socket caller) {
        try {
            caller.getOutputStream().write('x');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aPageThatDoesNotComeToAnEndIsLeft() throws IOException {
        listen(new ConnectionLimits(ALL, OF_ONE, Patience.LONGEST, Duration.ofMillis(300), Patience.LONGEST));
        assertThat(Hearing.isOver(says("127.0.0.1", "GET /long HTTP/1.1\r\n\r\n")))
                .isTrue();
    }

    @Test
    void oneConnectionHasOneRequest() throws IOException {
        listen(PATIENT);
        assertThat(answer(WHOLE + WHOLE + WHOLE))
                .containsOnlyOnce("HTTP/1.1 200 ")
                .contains("connection: close");
    }

    @Test
    void whatIsAskedWrongIsSaid() throws IOException {
        listen(PATIENT);
        assertThat(answer("GET /open?a=1&a=2&b=%2B HTTP/1.1\r\n\r\n")).contains("a=2", "b=+");
        assertThat(answer("GET http://gateway/open HTTP/1.1\r\n\r\n")).contains(" 200 ");
        assertThat(answer("GET /nothing HTTP/1.1\r\n\r\n")).contains(" 404 ", "no such page");
        assertThat(answer("GET /open?a=%zz HTTP/1.1\r\n\r\n")).contains(" 400 ");
        assertThat(answer("GET /%zz HTTP/1.1\r\n\r\n")).contains(" 400 ");
        assertThat(answer("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n")).contains(" 400 ");
        assertThat(answer("GET /guarded HTTP/1.1\r\n\r\n")).contains(" 401 ");
        try (LogLines log = LogLines.of(HttpPages.class.getName())) {
            assertThat(answer("GET /faulty HTTP/1.1\r\n\r\n")).contains(" 500 ").doesNotContain("our own doing");
            assertThat(answer("GET /replaced HTTP/1.1\r\n\r\n")).contains(" 500 ");
            assertThat(log.lines()).hasSize(2).first().asString().contains("/faulty failed");
        }
    }

    @Test
    void aFormItsCookiesAndWhoSendsItReachThePage() throws IOException {
        listen(PATIENT);
        String form = "name=Anna+M%C3%BCller&name2=";
        assertThat(answer("POST /form HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + form.length() + "\r\nCookie: other=a; kept=yes\r\n\r\n" + form))
                .contains(
                        "name=Anna Müller",
                        "name2=",
                        " yes 127.0.0.1",
                        "Set-Cookie: kept=1\r\n",
                        "Set-Cookie: more=2\r\n");
        assertThat(answer("POST /form HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b"))
                .as("no form")
                .contains("{} nothing kept");
    }

    @Test
    void whatHappensIsToldAsItHappensUntilTheOtherSideLeaves() throws Exception {
        listen(PATIENT);
        Socket browser = says("127.0.0.1", "GET /live HTTP/1.1\r\n\r\n");
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(browser.getInputStream(), StandardCharsets.UTF_8));
        assertThat(untilEmpty(lines)).contains("content-type: text/event-stream");
        lines.readLine(); // length of the chunk
        assertThat(untilEmpty(lines)).containsExactly("data: first", "data: of two lines");

        LiveEvents events = told.take();
        assertThat(events.send("second")).isTrue();
        lines.readLine();
        lines.readLine();
        assertThat(untilEmpty(lines)).containsExactly("data: second");
        browser.close();
        await("it is seen").until(() -> !events.isOpen());
    }

    @Test
    void whoDoesNotTakeWhatHappensGetsNoMoreOfIt() throws Exception {
        listen(PATIENT);
        says("127.0.0.1", "GET /live HTTP/1.1\r\n\r\n");
        LiveEvents events = told.take();
        await("nothing more is held for it").until(() -> !events.send("x".repeat(LARGE / 16)));
        assertThat(events.isOpen()).isTrue();
    }

    private static List<String> untilEmpty(BufferedReader lines) throws IOException {
        List<String> read = new ArrayList<>();
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            read.add(line);
        }
        return read;
    }
}
