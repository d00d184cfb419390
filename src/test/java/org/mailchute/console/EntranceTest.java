package org.mailchute.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.deadletter.Person;
import org.mailchute.testing.LogLines;

class EntranceTest {
    private static final String OWN = "same-origin";

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private OpenEntrance house;
    private String here;
    private String session = "";

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        house = new OpenEntrance(folder);
        here = house.here;
    }

    @AfterEach
    void close() {
        house.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(path, headers).GET());
    }

    private HttpResponse<String> post(String path, Map<String, String> form, String... headers) throws Exception {
        String fields = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(here + path)).header("Cookie", session);
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Whatever is asked, the answer is safe. */
    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        return answer;
    }

    private static String to(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> signIn(String name, String password, String to) throws Exception {
        HttpResponse<String> answer =
                post("/console/in", Map.of("name", name, "password", password, "to", to), "Sec-Fetch-Site", OWN);
        keep(answer, "mailchute");
        return answer;
    }

    private void keep(HttpResponse<String> answer, String name) {
        answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .ifPresent(cookie -> session = cookie.replaceFirst(";.*", ""));
    }

    private String csrf() throws Exception {
        return get("/console").body().strip().replaceFirst(".* ", "");
    }

    @Test
    void whoeverIsNotSignedInIsAskedWhoThatIsAndComesWhereHeWantedToGo() throws Exception {
        HttpResponse<String> sent = get("/console/dead?cause=5%265");
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(to(sent)).isEqualTo("/console/in?to=%2Fconsole%2Fdead%3Fcause%3D5%25265");
        assertThat(get(to(sent)).body())
                .contains("name=\"to\" value=\"/console/dead?cause=5%265\"", "autocomplete=\"current-password\"");
        HttpResponse<String> in = signIn("anna", OpenEntrance.PASSWORD, "/console/dead?cause=5%265");
        assertThat(to(in)).isEqualTo("/console/dead?cause=5%265");
        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("mailchute=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(get("/console/dead").body()).startsWith("anna HELPDESK");
        session = "";
        assertThat(get("/console/dead", "Accept", "text/event-stream").statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoeverFollowsAnotherSitesLinkIsAskedAnewFromHere() throws Exception {
        HttpResponse<String> first = get("/console/dead?cause=5%265", "Sec-Fetch-Site", "cross-site");
        assertThat(first.body()).contains("content=\"0; url=/console/dead?cause=5%265\"");
        assertThat(get("/console/dead", "Sec-Fetch-Site", OWN).statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example",
                "https://evil.example",
                "/console/../metrics",
                "/console\\evil",
                "/consolevil",
                "/console//evil",
                "/console?a\r\nSet-Cookie: b"
            })
    void nobodyIsSentElsewhere(String wanted) throws Exception {
        assertThat(to(signIn("anna", OpenEntrance.PASSWORD, wanted))).isEqualTo("/console");
    }

    @Test
    void aWrongPasswordLetsNobodyInAndIsLoggedOnOneLineWithWhoAndWhence() throws Exception {
        try (LogLines log = LogLines.of(Door.class.getName())) {
            HttpResponse<String> answer = signIn("anna\nroot", "wrong", "/console");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("Name or password is wrong.");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            signIn("anna", OpenEntrance.PASSWORD, "/console");
            post("/console/out", Map.of("csrf", csrf()), "Sec-Fetch-Site", OWN);
            assertThat(log.lines())
                    .containsExactly(
                            "WARN console: anna?root was not signed in from 127.0.0.1: wrong name or password",
                            "INFO console: anna signed in from 127.0.0.1 (helpdesk)",
                            "INFO console: anna signed out");
        }
    }

    @Test
    void whoeverSignsOutOrInAnewLeavesTheSessionBehind() throws Exception {
        signIn("anna", OpenEntrance.PASSWORD, "/console");
        String first = session;
        signIn("anna", OpenEntrance.PASSWORD, "/console");
        String second = session;
        assertThat(second).isNotEqualTo(first);
        session = first;
        assertThat(get("/console").statusCode()).isEqualTo(303);
        session = second;
        HttpResponse<String> out = post("/console/out", Map.of("csrf", csrf()), "Sec-Fetch-Site", OWN);
        assertThat(to(out)).isEqualTo("/console/in");
        session = second;
        assertThat(get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void whatManyLookAtIsMadeOnceForAllAndWhoeverIsSignedOutIsToldNoMore() throws Exception {
        signIn("anna", OpenEntrance.PASSWORD, "");
        Iterator<String> first = live();
        Iterator<String> second = live();
        String told = second.next();
        String also = first.next();
        while (look(also) < look(told)) {
            also = first.next();
        }
        assertThat(also).isEqualTo(told);
        signIn("anna", OpenEntrance.PASSWORD, "");
        assertThatThrownBy(() -> second.forEachRemaining(line -> {})).isInstanceOf(UncheckedIOException.class);
    }

    /** 0 of the empty line behind it. */
    private static int look(String line) {
        return line.isEmpty() ? 0 : Integer.parseInt(line.replace("data: look ", ""));
    }

    /** Ends only when its visitor is signed out. */
    private Iterator<String> live() throws Exception {
        HttpRequest.Builder request = request("/console/live/dead", "Accept", "text/event-stream");
        return http.send(request.build(), BodyHandlers.ofLines()).body().iterator();
    }

    @Test
    void aRoleThatDoesNotSufficeIsToldInPlainWords() throws Exception {
        signIn("vera", OpenEntrance.PASSWORD, "/console");
        assertThat(get("/console").body()).startsWith("vera VIEWER");
        HttpResponse<String> dead = get("/console/dead", "Accept-Language", "de");
        assertThat(dead.statusCode()).isEqualTo(403);
        assertThat(dead.body()).contains("Für diese Seite braucht es die Rolle Hotline.");
        assertThat(post("/console/drop", Map.of("csrf", csrf()), "Sec-Fetch-Site", OWN)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aFormCountsOfOurOwnPageInThisSessionAlone() throws Exception {
        signIn("vera", OpenEntrance.PASSWORD, "/console");
        String others = csrf();
        signIn("anna", OpenEntrance.PASSWORD, "/console");
        Map<String, String> form = Map.of("csrf", csrf());
        assertThat(post("/console/drop", form, "Sec-Fetch-Site", OWN).body()).isEqualTo("dropped\n");
        assertThat(post("/console/drop", form, "Origin", here).body()).isEqualTo("dropped\n");
        for (String site : List.of("cross-site", "same-site", "none")) {
            assertThat(post("/console/drop", form, "Sec-Fetch-Site", site, "Origin", here)
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(post("/console/drop", form, "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(post("/console/drop", form).statusCode()).isEqualTo(403);
        assertThat(post("/console/drop", Map.of("csrf", others), "Sec-Fetch-Site", OWN)
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/console/drop", Map.of(), "Sec-Fetch-Site", OWN).statusCode())
                .isEqualTo(403);
        assertThat(get("/console/drop?csrf=" + csrf()).statusCode()).isEqualTo(405);
        session = "";
        assertThat(post("/console/drop", form, "Sec-Fetch-Site", OWN).statusCode())
                .isEqualTo(303);
    }

    @Test
    void nobodyIsSignedInByAnotherSitesForm() throws Exception {
        Map<String, String> form = Map.of("name", "anna", "password", OpenEntrance.PASSWORD);
        assertThat(post("/console/in", form, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(post("/console/enter", Map.of("ticket", ticket()), "Origin", "null")
                        .statusCode())
                .isEqualTo(403);
    }

    private String ticket() {
        return house.entrance.link(new Person("root")).replace("/console/enter?ticket=", "");
    }

    @Test
    void aLinkLetsInOnceAndByItsButtonOnly() throws Exception {
        String ticket = ticket();
        for (int looks = 0; looks < 2; looks++) {
            assertThat(get("/console/enter?ticket=" + ticket).body())
                    .contains("name=\"ticket\" value=\"" + ticket + "\"", "<button>Sign in as administrator</button>");
        }
        HttpResponse<String> in = post("/console/enter", Map.of("ticket", ticket), "Sec-Fetch-Site", OWN);
        assertThat(to(in)).isEqualTo("/console");
        HttpResponse<String> again = post("/console/enter", Map.of("ticket", ticket), "Sec-Fetch-Site", OWN);
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("older than 2 minutes");
        keep(in, "mailchute");
        assertThat(get("/console/dead").body()).startsWith("root ADMIN");
    }

    @Test
    void withoutTlsNoNameOfAnothersLeadsHere() throws Exception {
        here = here.replace("127.0.0.1", "localhost");
        assertThat(get("/console").statusCode()).isEqualTo(421);
        assertThat(get("/console/in").statusCode()).isEqualTo(421);
    }

    /** As far as a browser goes that asks for this. */
    private HttpResponse<String> byEntra(String begin) throws Exception {
        HttpResponse<String> gone = get(begin);
        keep(gone, "mailchute-entra");
        URI back = house.back(to(gone));
        return get(back.getRawPath() + "?" + back.getRawQuery());
    }

    @Test
    void whoeverComesBackFromEntraIsInWithTheRoleOfItsGroup() throws Exception {
        house.entra.says("groups", "[\"" + OpenEntrance.GROUP.toUpperCase(java.util.Locale.ROOT) + "\", \"other\"]");
        HttpResponse<String> in = byEntra("/console/entra/begin?to=%2Fconsole%2Fdead");
        assertThat(in.statusCode()).isEqualTo(200);
        assertThat(in.body()).contains("<meta http-equiv=\"refresh\" content=\"0; url=/console/dead\">");
        assertThat(session).startsWith("mailchute-entra=");
        keep(in, "mailchute");
        assertThat(get("/console/dead").body()).startsWith("anna@contoso.example HELPDESK");
    }

    @Test
    void anAppRoleCountsAsWellAndTheHighestOfAll() throws Exception {
        house.entra.says("groups", "[\"" + OpenEntrance.GROUP + "\"]");
        house.entra.says("roles", "[\"Mailchute.Admin\", \"Mailchute.Viewer\"]");
        keep(byEntra("/console/entra/begin"), "mailchute");
        assertThat(get("/console").body()).startsWith("anna@contoso.example ADMIN");
    }

    @Test
    void whomNobodyHasGivenARoleIsNotIn() throws Exception {
        HttpResponse<String> none = byEntra("/console/entra/begin");
        assertThat(none.statusCode()).isEqualTo(403);
        assertThat(none.body()).contains("nobody has given you a role");
        assertThat(none.headers().allValues("Set-Cookie")).isEmpty();
        house.entra.says("_claim_names", "{\"groups\":\"src1\"}");
        assertThat(byEntra("/console/entra/begin").body()).contains("too many groups", "app role");
    }

    @Test
    void anotherBrowserThanTheOneThatWentIsNotIn() throws Exception {
        house.entra.says("groups", "[\"" + OpenEntrance.GROUP + "\"]");
        HttpResponse<String> gone = get("/console/entra/begin");
        URI back = house.back(to(gone));
        assertThat(get(back.getRawPath() + "?" + back.getRawQuery()).body()).contains("began in another browser");
        keep(gone, "mailchute-entra");
        house.clock.move(Duration.ofMinutes(10));
        assertThat(get(back.getRawPath() + "?" + back.getRawQuery()).body()).contains("too long ago");
    }

    @Test
    void withTlsCookiesAreThisHostsAloneAndTravelByTlsAlone() {
        assertThat(new BrowserCookie("mailchute", "Strict", true).kept("x"))
                .isEqualTo("__Host-mailchute=x; Path=/; HttpOnly; SameSite=Strict; Secure");
    }
}
