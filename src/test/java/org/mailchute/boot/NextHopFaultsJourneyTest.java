package org.mailchute.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.proof.FaultyServer;
import org.mailchute.proof.FaultyServer.Fault;
import org.mailchute.proof.FaultyTokens;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.DeadPort;
import org.mailchute.testing.LoopbackDns;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * Every fault of {@code proof/next-hop-faults.csv}, once, each at a lane and a server of its own, all at one gateway at the same
 * time; then each row is looked at.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P3, P5: what goes wrong between us and a next hop ends as the table says")
class NextHopFaultsJourneyTest {
    private static final String MAY_HAVE_IT = "the server may have it";

    private final List<FaultRow> rows = FaultRow.all();
    private final Map<FaultRow, FaultyServer> servers = new HashMap<>();

    @RegisterExtension
    final Town town = new Town();

    private final LoopbackDns dns = new LoopbackDns();
    private final DeadPort nobody = new DeadPort();
    private final Certificates known = new Certificates();
    private final Certificates strangers = new Certificates();

    @SuppressWarnings("NullAway.Init") // begin()
    private FaultyTokens tokens;

    @SuppressWarnings("NullAway.Init") // begin()
    private FaultyTokens strangersTokens;

    @SuppressWarnings("NullAway.Init") // begin()
    private Path trust;

    NextHopFaultsJourneyTest() throws Exception {}

    @BeforeAll
    void begin() throws Exception {
        SSLContext good = known.serving(known.server("localhost"));
        SSLContext other = known.serving(known.server("other.example"));
        SSLContext unknown = strangers.serving(strangers.server("localhost"));
        trust = known.trustFile(town.folder("certificates"));
        tokens = new FaultyTokens(good);
        strangersTokens = new FaultyTokens(unknown);
        Files.writeString(town.folder("secrets").resolve("password"), "password");
        for (FaultRow row : rows) {
            if (!row.ofTheDns() && !row.isNobody()) {
                FaultyServer server = row.ofTheToken()
                        ? new FaultyServer(FaultyServer.Step.QUIT, Fault.SLOW, fault -> good)
                        : new FaultyServer(row.step(), row.fault(), fault -> switch (fault) {
                            case UNTRUSTED -> unknown;
                            case OTHER_NAME -> other;
                            default -> good;
                        });
                servers.put(row, server);
            }
            town.withLane(lane(row));
            town.withRule("{domain: %s, lane: %s}".formatted(row.domain(), row.lane()));
        }
        knowledge();
        town.withDns(dns.resolver()).start();
        rows.forEach(row -> town.publish(row.request()));
    }

    private void knowledge() throws Exception {
        for (FaultRow row : rows) {
            Name domain = Name.fromString(row.domain() + ".");
            switch (row.what()) {
                case "servfail" -> dns.fails(domain, Rcode.SERVFAIL);
                case "null-mx" -> dns.knows(new MXRecord(domain, DClass.IN, 60, 0, Name.root));
                case "elsewhere" ->
                    dns.knows(new MXRecord(domain, DClass.IN, 60, 0, Name.fromString("mail.elsewhere.example.")));
                default -> {
                    // not in the DNS
                }
            }
        }
    }

    private String lane(FaultRow row) throws Exception {
        if (row.ofTheDns()) {
            return "{name: %s, option: relay, domain: %s, tls: required, probe: 1s}"
                    .formatted(row.lane(), row.domain());
        }
        FaultyServer server = servers.get(row);
        int port = server == null ? nobody.number() : server.port();
        boolean stalls = row.what().equals("stall");
        return "{name: %s, option: submission, host: localhost, port: %d, trust: \"%s\", sessions: 1, messagesPerMinute: 0, sessionMessages: 1, uncertainWait: 1s, probe: 1s%s, login: %s}"
                .formatted(
                        row.lane(),
                        port,
                        trust,
                        stalls ? ", connectTimeout: 1s, replyTimeout: 1s, finalReplyTimeout: 1s" : "",
                        login(row));
    }

    private String login(FaultRow row) throws Exception {
        Path secret = town.folder("secrets").resolve("password");
        return row.ofTheToken()
                ? "{mailbox: %s, tenant: contoso.example, clientId: 11111111-2222-3333-4444-%012d, clientSecret: \"${file:%s}\", authority: \"%s\"}"
                        .formatted(row.sender(), row.number(), secret, authority(row))
                : "{user: %s, password: \"${file:%s}\"}".formatted(row.sender(), secret);
    }

    private String authority(FaultRow row) {
        return switch (row.what()) {
            case "refused" -> "https://localhost:" + nobody.number() + "/nobody/";
            case "untrusted" -> strangersTokens.authority(row.what());
            default -> tokens.authority(row.what());
        };
    }

    @AfterAll
    void end() throws Exception {
        town.stop();
        for (FaultyServer server : servers.values()) {
            server.close();
        }
        tokens.close();
        strangersTokens.close();
        nobody.close();
        dns.close();
    }

    Stream<FaultRow> rows() {
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theFaultEndsAsTheTableSays(FaultRow row) {
        switch (row.then()) {
            case "accepted" -> assertThat(happens(row, Kind.ACCEPTED).attempt()).isEqualTo(1);
            case "retried" -> assertThat(happens(row, Kind.DEFERRED).reason()).doesNotContain(MAY_HAVE_IT);
            case "uncertain" ->
                await("uncertain")
                        .until(() -> events(row, Kind.DEFERRED).stream()
                                .anyMatch(event -> event.reason().contains(MAY_HAVE_IT)));
            case "held" -> assertThat(happens(row, Kind.LANE_HELD).remedy()).isNotEmpty();
            case "paused" -> happens(row, Kind.LANE_PAUSED);
            case "dead" -> assertThat(happens(row, Kind.DEAD).reason()).isNotEmpty();
            default -> throw new AssertionError("the table says " + row.then());
        }
        if (row.copies() > 0) {
            happens(row, Kind.ACCEPTED);
            assertThat(Objects.requireNonNull(servers.get(row)).taken())
                    .as("copies")
                    .isEqualTo(row.copies());
        }
        assertThat(kinds(row))
                .as("nothing else")
                .containsAnyElementsOf(allowed(row))
                .isSubsetOf(allowed(row));
    }

    /** What may happen on the way to that end. */
    private static Set<Kind> allowed(FaultRow row) {
        return switch (row.then()) {
            case "accepted" -> EnumSet.of(Kind.ACCEPTED);
            case "dead" -> EnumSet.of(Kind.DEAD);
            case "held" -> EnumSet.of(Kind.LANE_HELD, Kind.DEFERRED, Kind.LANE_OPEN, Kind.ACCEPTED);
            case "paused" -> EnumSet.of(Kind.LANE_PAUSED, Kind.DEFERRED);
            // nobody comes to where none is ever found: after the last attempt it is a dead letter
            case "retried" ->
                row.copies() == 0 ? EnumSet.of(Kind.DEFERRED, Kind.DEAD) : EnumSet.of(Kind.DEFERRED, Kind.ACCEPTED);
            default -> EnumSet.of(Kind.DEFERRED, Kind.ACCEPTED);
        };
    }

    private Set<Kind> kinds(FaultRow row) {
        return Stream.of(Kind.values())
                .filter(kind -> kind != Kind.REPLY_UNKNOWN && !events(row, kind).isEmpty())
                .collect(Collectors.toSet());
    }

    private DeliveryEvent happens(FaultRow row, Kind kind) {
        await(row + ": " + kind).until(() -> !events(row, kind).isEmpty());
        return events(row, kind).get(0);
    }

    private List<DeliveryEvent> events(FaultRow row, Kind kind) {
        return town.events(kind).stream()
                .filter(event -> event.lane().equals(row.lane()))
                .toList();
    }
}
