package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.letter;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.testing.FilesIn;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What a person does with a running gateway: the real commands, over the real management port. */
class DeadLetterJourneyTest {
    private static final String ACCEPTED =
            "mailchute_recipients_total{lane=\"direct\",option=\"direct-send\",outcome=\"accepted\"} ";

    @RegisterExtension
    static final Town town = new Town()
            .withScenario(Scenario.standard()
                    .withRule("gone", At.RCPT, 1, "550 5.1.1 User unknown")
                    .withRule("away", At.RCPT, 1, "550 5.1.1 User unknown"))
            .forgetful();

    @RegisterExtension
    final Town other = new Town();

    @BeforeAll
    static void open() throws Exception {
        town.start();
    }

    @Test
    void aDeadLetterIsListedAndShownWithReasonAndRemedy() throws Exception {
        String id = deadLetter("leaver@contoso.example");

        assertThat(town.command("dead", "list").out())
                .contains(id, "direct", "leaver@contoso.example", "does not exist");
        assertThat(town.command("dead", "list", "--json").out())
                .isEqualTo(town.command("dead", "show", id, "--json").out())
                .startsWith(
                        "[{\"queueId\":\"" + id + "\",\"lane\":\"direct\",\"recipients\":[\"leaver@contoso.example\"]");
        assertThat(town.command("dead", "show", id).out())
                .contains(id, "550 5.1.10", "The recipient does not exist.", "Correct the address")
                .as("local time, with its offset")
                .containsPattern(
                        "given up +\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d) after 1 attempt\n");
    }

    @Test
    void aReplayedDeadLetterIsSentAgain() throws Exception {
        String id = deadLetter("gone@contoso.example");

        Town.Ran replay = town.command("dead", "replay", id);

        assertThat(replay.out()).contains("gone@contoso.example");
        assertThat(replay.exitCode()).isZero();
        town.awaitReceived(1);
        town.awaitEmptySpool();
        assertThat(town.events(Kind.REPLAYED).get(0).reason())
                .isEqualTo("sent again by " + System.getProperty("user.name"));
        assertThat(town.command("dead", "list").out()).contains("0 dead letters");
    }

    @Test
    void aCorrectedAddressGetsTheMessageAndTheFieldsStay() throws Exception {
        String id = deadLetter("anna@contoso.example", "leaver@contoso.example");
        town.awaitReceived(1);

        town.command("dead", "replay", id, "--recipient", "leaver@contoso.example", "--as", "heir@contoso.example");

        assertThat(town.awaitReceived(2).get(1).recipients()).containsExactly("heir@contoso.example");
        assertThat(Letters.text(town.received().get(1)))
                .isEqualTo(Letters.text(town.received().get(0)));
        town.awaitEmptySpool();
    }

    @Test
    void aDroppedDeadLetterFreesTheSpool() throws Exception {
        String id = deadLetter("leaver@contoso.example");

        assertThat(town.command("dead", "drop", id).exitCode()).isZero();

        town.awaitEmptySpool();
        assertThat(town.awaitEvent(Kind.DROPPED).queueId()).isEqualTo(id);
    }

    @Test
    void whatOneReasonGaveUpIsSentAgainTogetherAndTheRestStays() throws Exception {
        deadLetter("away@contoso.example", "leaver@contoso.example");
        await().until(() -> town.command("dead", "list").out().contains("2 dead letters"));
        assertThat(town.command("dead", "list", "--reason", "user UNKNOWN").out())
                .contains("away@contoso.example", "1 dead letter\n");

        assertThat(town.command("dead", "replay", "--lane", "direct", "--reason", "user UNKNOWN")
                        .out())
                .isEqualTo("on its way again: 1 message\n");

        assertThat(town.awaitReceived(1).get(0).recipients()).containsExactly("away@contoso.example");
        assertThat(town.command("dead", "drop", "--lane", "mailbox").err()).contains("no dead letter is of that kind");
        assertThat(town.command("dead", "drop", "--all", "--json").out())
                .contains("\"recipients\":[\"leaver@contoso.example\"]");
        town.awaitEmptySpool();
    }

    @Test
    void manyAreDecidedOnOnlyWhereThatIsAskedFor() throws Exception {
        String id = deadLetter("leaver@contoso.example");

        for (Town.Ran ran : List.of(
                town.command("dead", "drop"),
                town.command("dead", "drop", id, "--all"),
                town.command("dead", "drop", "--reason", ""),
                town.command("dead", "replay", "--lane", " ", "--reason", "exist"),
                town.command("dead", "list", "--reason", ""),
                town.command("dead", "drop", "--all", "--recipient", "leaver@contoso.example"))) {
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).containsPattern("--lane(,| or) --reason");
        }
        assertThat(town.command("dead", "replay", "--all", "--as", "heir@contoso.example")
                        .exitCode())
                .isEqualTo(1);
        assertThat(town.command("dead", "list").out()).contains("1 dead letter\n");
    }

    @Test
    void whatIsNotThereOrNotAnAddressIsSaidInOneLine() throws Exception {
        String id = deadLetter("leaver@contoso.example");

        for (Town.Ran ran : List.of(
                town.command("dead", "replay", "0000000000000000"),
                town.command("dead", "drop", "../../x"),
                town.command("dead", "replay", id, "--recipient", "leaver@contoso.example", "--as", "nobody"),
                town.command("dead", "replay", id, "--as", "heir@contoso.example"))) {
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err().strip().lines()).isNotEmpty().hasSizeLessThanOrEqualTo(2);
            assertThat(ran.err()).doesNotContain("\tat ");
        }
        assertThat(town.command("dead", "list").out()).contains("1 dead letter\n");
    }

    @Test
    void lanesAreShownWithStateQueueAndBudget() throws Exception {
        other.withSecret("5ecret-0f-an0ther-app").start();
        other.publish(letter("buyer@fabrikam.example"));
        other.awaitEvent(Kind.LANE_HELD);
        await("the message waits").until(() -> other.gateway().waiting("mailbox") == 1);

        String lanes = other.command("lanes").out();

        assertThat(lanes).containsPattern("mailbox +submission +localhost:\\d+ +held +1 +");
        assertThat(lanes).containsPattern("direct +direct-send +localhost:\\d+ +open +0 +no limit");
        assertThat(lanes).contains("secret").doesNotContain("5ecret");
        assertThat(other.command("lanes", "--json").out())
                .contains("\"lane\":\"mailbox\"", "\"state\":\"held\"", "\"intakes\":[")
                .doesNotContain("5ecret");
        assertThat(other.command("lanes", "release", "direct", "--json").out())
                .isEqualToIgnoringNewLines("{\"lane\":\"direct\",\"state\":\"was open\"}");
    }

    @Test
    void withoutARunningGatewayTheCommandsSaySo() throws Exception {

        Town.Ran lanes = other.command("lanes");

        assertThat(lanes.exitCode()).isEqualTo(1);
        assertThat(lanes.err()).contains("no gateway is running with home");
    }

    @Test
    @DisplayName("P9: requests that never end keep no probe waiting")
    void halfRequestsKeepNoProbeWaiting() throws Exception {
        String[] address =
                Files.readString(town.home().resolve("management.address")).split(":");
        List<Socket> half = new ArrayList<>();
        try {
            for (int number = 0; number < 100; number++) {
                Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
                half.add(socket);
                socket.getOutputStream().write("GET /health/live HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(http("GET", "/health/live", "").statusCode()).isEqualTo(200);
            assertThat(http("GET", "/health/ready", "").statusCode()).isEqualTo(200);
            assertThat(town.command("lanes").exitCode()).isZero();
        } finally {
            for (Socket socket : half) {
                socket.close();
            }
        }
    }

    @Test
    @DisplayName("P9: management listens on loopback, and acts only for who may read the home")
    void managementNeedsTheToken() throws Exception {
        double before = accepted();
        town.scan("scans", "a.bin", "content");
        town.awaitReceived(1);
        String address = Files.readString(town.home().resolve("management.address"));

        assertThat(address).startsWith("127.0.0.1:");
        assertThat(http("GET", "/health/live", "").statusCode()).isEqualTo(200);
        assertThat(http("GET", "/health/ready", "").statusCode()).isEqualTo(200);
        await("counted").until(() -> accepted() == before + 1);
        assertThat(http("GET", "/metrics", "").body())
                .contains("mailchute_delivery_seconds_bucket{", "mailchute_attempt_seconds_count{");
        for (String change :
                List.of("/lanes/hold?lane=direct", "/lanes/release?lane=direct", "/dead/replay?id=0000000000000000")) {
            assertThat(http("POST", change, "").statusCode()).as(change).isEqualTo(401);
            assertThat(http("GET", change, token()).statusCode()).as(change).isEqualTo(405);
        }
        for (String page : List.of("/lanes", "/intakes", "/dead")) {
            assertThat(http("GET", page, "").statusCode()).isEqualTo(401);
            assertThat(http("GET", page, "Bearer 00").statusCode()).isEqualTo(401);
            assertThat(http("GET", page, token()).statusCode()).isEqualTo(200);
        }
        assertThat(http("POST", "/dead/drop?id=0000000000000000", "").statusCode())
                .isEqualTo(401);
        assertThat(http("GET", "/dead/drop?id=0000000000000000", token()).statusCode())
                .isEqualTo(405);
        assertThat(http("POST", "/dead/drop?id=..%2F..%2Fx", token()).statusCode())
                .isEqualTo(400);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(town.home().resolve("management.token"))))
                .isEqualTo("rw-------");
    }

    private double accepted() throws Exception {
        return http("GET", "/metrics", "")
                .body()
                .lines()
                .filter(line -> line.startsWith(ACCEPTED))
                .mapToDouble(line -> Double.parseDouble(line.substring(ACCEPTED.length())))
                .sum();
    }

    @Test
    @DisplayName("P7: an application is told what became of its request, and a refused one is kept with its reason")
    void aRequestIsAnswered() throws Exception {

        assertThat(town.ask(letter("anna@contoso.example"))).contains("\"kind\":\"RECEIVED\"", "\"queueId\":\"");
        assertThat(town.ask("{\"to\": 7}")).contains("\"kind\":\"REFUSED\"", "line 1", "\"remedy\":\"");
        assertThat(town.ask(letter("somebody@elsewhere.example"))).contains("nobody may send to somebody@");

        assertThat(FilesIn.folder(town.home().resolve("rejected")))
                .filteredOn(file -> file.toString().endsWith(".reason.txt"))
                .hasSize(2)
                .allSatisfy(file -> assertThat(file).content().contains("why", "remedy"));
        town.awaitReceived(1);
        town.awaitEmptySpool();
    }

    @Test
    @DisplayName("P9: a link in a watched folder is refused and what it points to is never opened")
    void aLinkIsRefusedUnopened() throws Exception {
        Path secret = Files.writeString(town.root().resolve("secret.txt"), "not for mail");
        Files.createSymbolicLink(town.folder("scans").resolve("scan.pdf"), secret);

        assertThat(town.awaitEvent(Kind.REFUSED).reason()).contains("link");

        assertThat(town.folder("scans").resolve("rejected/scan.pdf")).isSymbolicLink();
        assertThat(town.folder("scans").resolve("rejected/scan.pdf.reason.txt")).isRegularFile();
        assertThat(town.received()).isEmpty();
        assertThat(secret).hasContent("not for mail");
    }

    private String deadLetter(String... recipients) throws Exception {
        town.publish(letter(recipients));
        return town.awaitEvent(Kind.DEAD).queueId();
    }

    private String token() throws IOException {
        return "Bearer " + Files.readString(town.home().resolve("management.token"));
    }

    private HttpResponse<String> http(String method, String page, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + Files.readString(town.home().resolve("management.address")) + page))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
