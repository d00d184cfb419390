package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.reply.Verdict;
import org.mailchute.simulator.Communication;
import org.mailchute.simulator.HveAccount;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.Mailbox;
import org.mailchute.simulator.Scenario.Rule;
import org.mailchute.testing.LogLines;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.MailLog;

/**
 * Rows of {@code replies.yaml} over each of their options, said by a server to a real lane of a real gateway: one of each kind,
 * and in {@link EveryReplyRowJourneyTest} all. All messages go out at once, each over its own lane; then each row is looked at.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P5: what a reply means is done, and told, as the table says")
class ReplyRowsJourneyTest {

    private final List<ReplyCase> cases;

    @RegisterExtension
    final Town town = new Town();

    @SuppressWarnings("NullAway.Init") // begin()
    private LogLines mailLog;

    /** Of the same gateway without the rows' lanes: what is read at each command is short. */
    @SuppressWarnings("NullAway.Init") // begin()
    private Path few;

    /** What the command printed when each row had been carried out. */
    private String lanes = "";

    ReplyRowsJourneyTest() throws Exception {
        cases = chosen(ReplyCase.provoked());
    }

    /** Of each kind one. */
    List<ReplyCase> chosen(List<ReplyCase> all) {
        return ReplyCase.oneOfEachKind(all);
    }

    @BeforeAll
    void begin() throws Exception {
        mailLog = LogLines.of("mail");
        town.withScenario(scenario());
        few = Files.copy(town.settings(), town.root().resolve("few.yaml"));
        Files.writeString(town.folder("secrets").resolve("password"), "password");
        Files.writeString(
                town.folder("secrets").resolve("app"), Scenario.standard().app().clientSecret());
        for (ReplyCase row : cases) {
            town.withLane(row.settings(town));
            town.withRule("{domain: %s, lane: %s}".formatted(row.domain(), row.lane()));
        }
        town.start();
        cases.forEach(row -> town.publish(row.request()));
        await().until(() -> cases.stream().allMatch(this::somethingHappened));
        lanes = town.command("lanes").out();
    }

    private boolean somethingHappened(ReplyCase row) {
        return !events(row, Kind.DEFERRED).isEmpty() || !events(row, Kind.DEAD).isEmpty();
    }

    private Scenario scenario() {
        Scenario standard = Scenario.standard();
        List<String> domains = new ArrayList<>(standard.acceptedDomains());
        cases.forEach(row -> domains.add(row.domain()));
        List<Mailbox> mailboxes = cases.stream()
                .map(row -> new Mailbox(row.sender(), "password", List.of()))
                .toList();
        List<HveAccount> accounts = cases.stream()
                .map(row -> new HveAccount(row.sender(), "password"))
                .toList();
        Communication communication = new Communication(
                "contoso",
                "tenant",
                cases.stream().map(ReplyCase::sender).toList(),
                List.of("*@contoso.example"),
                1_000,
                1_000);
        List<Rule> rules = cases.stream().flatMap(ReplyCase::rules).toList();
        return standard.with("acceptedDomains", domains)
                .withMailboxes(mailboxes)
                .with("hveAccounts", accounts)
                .with("acs", communication)
                .with("rules", rules);
    }

    @AfterAll
    void end() {
        town.stop();
        mailLog.close();
    }

    Stream<ReplyCase> cases() {
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theRowIsCarriedOutForEachRecipientAndToldWithCauseAndRemedy(ReplyCase row) throws Exception {
        if (row.stopsLane()) {
            theLaneStops(row);
        } else if (row.action() == Verdict.Action.REJECT) {
            theRefusedIsADeadLetter(row);
        } else {
            theRefusedWaits(row);
        }
        theOtherIsSparedOrShares(row);
    }

    private void theLaneStops(ReplyCase row) throws Exception {
        boolean held = row.action() == Verdict.Action.HOLD;
        told(row, happened(row, held ? Kind.LANE_HELD : Kind.LANE_PAUSED, event -> true));
        List<String> deferred = recipients(row, Kind.DEFERRED);
        assertThat(deferred).contains(row.refused());
        assertThat(lanes).containsPattern(row.lane() + " .* " + (held ? "held" : "paused") + " +1 ");
        assertThat(lanes).contains(row.verdict().cause(), row.verdict().remedy());
        assertThat(events(row, Kind.DEAD)).isEmpty();
    }

    private void theRefusedIsADeadLetter(ReplyCase row) throws Exception {
        DeliveryEvent dead = happened(row, Kind.DEAD, event -> true);
        told(row, dead);
        assertThat(dead.recipients()).contains(row.refused());
        Town.Ran shown = Town.commandWith(few, "dead", "show", dead.queueId());
        assertThat(shown.out())
                .as(shown.err())
                .contains(
                        row.row().example().toString(),
                        row.verdict().cause(),
                        row.verdict().remedy());
        assertThat(lane(row)).contains(" open ");
    }

    /** For its own next try, or for as long as a limit on this recipient lasts; nothing of it stops the lane. */
    private void theRefusedWaits(ReplyCase row) throws Exception {
        DeliveryEvent deferred = happened(
                row,
                Kind.DEFERRED,
                event -> event.recipients().contains(row.refused())
                        && event.reason().equals(row.verdict().cause()));
        told(row, deferred);
        assertThat(lane(row)).contains(" open ");
        if (mustWait(row)) {
            Duration least = row.action() == Verdict.Action.PAUSE
                    ? Duration.ofMinutes(20)
                    : row.verdict().waitAtLeast().minusSeconds(10);
            assertThat(deferred.next().orElseThrow()).isAfter(deferred.time().plus(least));
        } else {
            happened(row, Kind.ACCEPTED, event -> event.recipients().contains(row.refused()));
        }
        assertThat(events(row, Kind.DEAD)).isEmpty();
    }

    private static boolean mustWait(ReplyCase row) {
        return row.action() == Verdict.Action.PAUSE
                || !row.verdict().waitAtLeast().isZero();
    }

    private void theOtherIsSparedOrShares(ReplyCase row) {
        if (row.sparesTheOther() || (row.action() == Verdict.Action.RETRY && !mustWait(row))) {
            happened(row, Kind.ACCEPTED, event -> event.recipients().contains(row.other()));
        } else {
            assertThat(recipients(row, row.action() == Verdict.Action.REJECT ? Kind.DEAD : Kind.DEFERRED))
                    .contains(row.other());
            assertThat(events(row, Kind.ACCEPTED)).isEmpty();
        }
    }

    /** In the event, and so in the mail log and the trace. */
    private void told(ReplyCase row, DeliveryEvent event) {
        assertThat(event.reply())
                .startsWith(row.noReply() ? "no reply: " : row.row().example().toString());
        assertThat(event.reason()).isEqualTo(row.verdict().cause());
        assertThat(event.remedy()).isEqualTo(row.verdict().remedy());
        String expected = " " + MailLog.line(event);
        assertThat(mailLog.lines()).anyMatch(line -> line.endsWith(expected));
    }

    private String lane(ReplyCase row) {
        return lanes.lines()
                .filter(line -> line.startsWith(row.lane() + " "))
                .findFirst()
                .orElseThrow();
    }

    private DeliveryEvent happened(ReplyCase row, Kind kind, Predicate<DeliveryEvent> which) {
        return Awaitility.await(row + ": " + kind)
                .until(() -> events(row, kind).stream().filter(which).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private List<String> recipients(ReplyCase row, Kind kind) {
        return events(row, kind).stream()
                .flatMap(event -> event.recipients().stream())
                .toList();
    }

    private List<DeliveryEvent> events(ReplyCase row, Kind kind) {
        return town.events(kind).stream()
                .filter(event -> event.lane().equals(row.lane()))
                .toList();
    }
}
