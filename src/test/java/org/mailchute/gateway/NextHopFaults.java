package org.mailchute.gateway;

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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.proof.FaultyServer;
import org.mailchute.proof.FaultyServer.Fault;
import org.mailchute.proof.FaultyServer.Step;
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
 * Rows of {@code proof/next-hop-faults.csv}, each at a lane and a server of its own, all at one gateway at the same time; then
 * each row is looked at.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NextHopFaults {
    private static final String MAY_HAVE_IT = "the server may have it";

    @RegisterExtension
    final Town town = new Town();

    private final List<FaultRow> rows;
    private final Map<FaultRow, FaultyServer> servers = new HashMap<>();
    private final LoopbackDns dns = new LoopbackDns();
    private final DeadPort nobody = new DeadPort();
    private final Certificates known = new Certificates();
    private final SSLContext good = known.serving(known.server("localhost"));
    private final SSLContext ofAnother = known.serving(known.server("other.example"));
    private final SSLContext ofStrangers = strangers();
    private final FaultyTokens tokens = new FaultyTokens(good);
    private final FaultyTokens strangersTokens = new FaultyTokens(ofStrangers);

    NextHopFaults(Predicate<FaultRow> which) throws Exception {
        rows = FaultRow.all().stream().filter(which).toList();
    }

    private static SSLContext strangers() throws Exception {
        Certificates strangers = new Certificates();
        return strangers.serving(strangers.server("localhost"));
    }

    @BeforeAll
    void begin() throws Exception {
        Path trust = known.trustFile(town.folder("certificates"));
        Files.writeString(town.folder("secrets").resolve("password"), "password");
        for (FaultRow row : rows) {
            serve(row);
            town.withLane(lane(row, trust));
            town.withRule("{domain: %s, lane: %s}".formatted(row.domain(), row.lane()));
            know(row);
        }
        // a slow machine may make a lane that is short of patience try more often: no row runs out of attempts for that
        town.withSchedule("[1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s]")
                .withDns(dns.resolver())
                .start();
        rows.forEach(row -> town.publish(row.request()));
    }

    private void serve(FaultRow row) throws Exception {
        if (row.ofTheToken()) {
            servers.put(row, new FaultyServer(Step.QUIT, Fault.NONE, this::shown));
        } else if (!row.ofTheDns() && !row.isNobody()) {
            servers.put(row, new FaultyServer(row.step(), row.fault(), this::shown));
        }
    }

    private SSLContext shown(Fault fault) {
        return switch (fault) {
            case UNTRUSTED -> ofStrangers;
            case OTHER_NAME -> ofAnother;
            default -> good;
        };
    }

    private void know(FaultRow row) throws Exception {
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

    private String lane(FaultRow row, Path trust) throws Exception {
        if (row.ofTheDns()) {
            return "{name: %s, option: relay, domain: %s, tls: required, probe: 1s}"
                    .formatted(row.lane(), row.domain());
        }
        FaultyServer server = servers.get(row);
        return "{name: %s, option: submission, host: localhost, port: %d, trust: \"%s\", sessions: 1, messagesPerMinute: 0, sessionMessages: 1, uncertainWait: 1s, probe: 1s, %s, login: %s}"
                .formatted(
                        row.lane(), server == null ? nobody.number() : server.port(), trust, patience(row), login(row));
    }

    /** Only for what this row waits for is there less than any machine needs. */
    private static String patience(FaultRow row) {
        String shortFor = switch (row.where()) {
            case "token" -> "connectTimeout: %s, replyTimeout: 30m, finalReplyTimeout: 30m";
            case "content", "dot" -> "connectTimeout: 30m, replyTimeout: 30m, finalReplyTimeout: %s";
            default -> "connectTimeout: 30m, replyTimeout: %s, finalReplyTimeout: 30m";
        };
        return shortFor.formatted(row.stalls() ? "1s" : "30m");
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

    final Stream<FaultRow> rows() {
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theFaultEndsAsTheTableSays(FaultRow row) throws Exception {
        begins(row);
        if (row.copies() > 0) {
            ends(row);
            assertThat(Objects.requireNonNull(servers.get(row)).taken())
                    .as("copies")
                    .isEqualTo(row.copies());
        }
        assertThat(kinds(row)).as("nothing else").isSubsetOf(allowed(row));
    }

    private void begins(FaultRow row) throws Exception {
        switch (row.then()) {
            // a slow machine may make the first attempt fail where the lane is short of patience
            case "accepted" ->
                assertThat(happens(row, Kind.ACCEPTED).attempt()).isBetween(1, row.stalls() ? Integer.MAX_VALUE : 1);
            case "retried" -> assertThat(happens(row, Kind.DEFERRED).reason()).doesNotContain(MAY_HAVE_IT);
            case "uncertain" ->
                await("uncertain")
                        .until(() -> events(row, Kind.DEFERRED).stream()
                                .anyMatch(event -> event.reason().contains(MAY_HAVE_IT)));
            case "held" -> assertThat(happens(row, Kind.LANE_HELD).remedy()).isNotEmpty();
            case "paused" -> {
                happens(row, Kind.LANE_PAUSED);
                happens(row, Kind.DEFERRED);
                assertThat(town.command("lanes", "release", row.lane()).exitCode())
                        .isZero();
            }
            case "dead" -> assertThat(happens(row, Kind.DEAD).reason()).isNotEmpty();
            default -> throw new AssertionError("the table says " + row.then());
        }
    }

    private void ends(FaultRow row) {
        await(row + ": its end")
                .until(() -> !events(row, Kind.ACCEPTED).isEmpty()
                        || !events(row, Kind.DEAD).isEmpty());
    }

    /** What may happen on the way to that end. */
    private static Set<Kind> allowed(FaultRow row) {
        return switch (row.then()) {
            case "accepted" -> row.stalls() ? EnumSet.of(Kind.DEFERRED, Kind.ACCEPTED) : EnumSet.of(Kind.ACCEPTED);
            case "dead" -> EnumSet.of(Kind.DEAD);
            case "held" -> EnumSet.of(Kind.LANE_HELD, Kind.DEFERRED, Kind.LANE_OPEN, Kind.ACCEPTED);
            case "paused" -> EnumSet.of(Kind.LANE_PAUSED, Kind.DEFERRED, Kind.LANE_OPEN, Kind.ACCEPTED);
            case "retried" ->
                // nobody comes to where none is ever found: after the last attempt it is a dead letter
                EnumSet.of(Kind.DEFERRED, row.copies() == 0 ? Kind.DEAD : Kind.ACCEPTED);
            default ->
                // a slow machine may make it uncertain twice where the lane is short of patience: two copies, and no
                // third
                row.stalls()
                        ? EnumSet.of(Kind.DEFERRED, Kind.ACCEPTED, Kind.DEAD)
                        : EnumSet.of(Kind.DEFERRED, Kind.ACCEPTED);
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
