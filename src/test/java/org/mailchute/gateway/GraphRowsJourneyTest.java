package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.reply.Option;
import org.mailchute.reply.Reply;
import org.mailchute.reply.ReplyRows;
import org.mailchute.reply.Verdict;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Mailbox;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Every row of {@code replies.yaml} that is Graph's, said by Graph to a lane of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P5: what Graph answers means what the table says")
class GraphRowsJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    private record Case(int number, ReplyRows.Row row) {
        String lane() {
            return "row" + number;
        }

        String mailbox() {
            return lane() + "@contoso.example";
        }

        String domain() {
            return lane() + ".rows.example";
        }

        Verdict verdict() {
            return row.verdict();
        }

        boolean passes() {
            return verdict().action() == Verdict.Action.RETRY;
        }

        @Override
        public String toString() {
            return row.toString();
        }
    }

    /** Said by no server; {@link ProxyJourneyTest} has it. */
    private static final int OF_A_PROXY = 407;

    private final List<Case> cases;

    GraphRowsJourneyTest() throws Exception {
        List<ReplyRows.Row> rows = ReplyRows.shipped().stream()
                .filter(row ->
                        row.options().contains(Option.GRAPH) && row.example().code() != Reply.NO_REPLY)
                .filter(row -> row.example().code() != OF_A_PROXY)
                .toList();
        cases = Stream.iterate(0, number -> number + 1)
                .limit(rows.size())
                .map(number -> new Case(number, rows.get(number)))
                .toList();
    }

    @BeforeAll
    void begin() throws Exception {
        town.withScenario(scenario());
        for (Case row : cases) {
            town.withGraph(row.lane(), row.mailbox(), "messagesPerMinute: 0");
            town.withRule("{domain: %s, lane: %s}".formatted(row.domain(), row.lane()));
        }
        town.start();
        cases.forEach(row ->
                town.publish("{\"from\": \"%s\", \"to\": [\"one@%s\", \"two@%s\"], \"subject\": \"S\", \"text\": \"T\"}"
                        .formatted(row.mailbox(), row.domain(), row.domain())));
    }

    private Scenario scenario() {
        Scenario scenario = Scenario.standard()
                .withMailboxes(cases.stream()
                        .map(row -> new Mailbox(row.mailbox(), "", List.of()))
                        .toList());
        for (Case row : cases) {
            boolean one = row.verdict().scope() == Verdict.Scope.RECIPIENT;
            scenario = scenario.withRule(
                    one ? "one@" + row.domain() : row.mailbox(),
                    At.GRAPH,
                    row.passes() ? 1 : Integer.MAX_VALUE,
                    row.row().example().toString());
        }
        return scenario;
    }

    Stream<Case> cases() {
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatItMeansIsDoneAndTold(Case row) {
        Kind kind = switch (row.verdict().action()) {
            case HOLD -> Kind.LANE_HELD;
            case PAUSE -> Kind.LANE_PAUSED;
            case REJECT -> Kind.DEAD;
            default -> Kind.DEFERRED;
        };
        DeliveryEvent event = happened(row, kind, any -> true);
        assertThat(event.reply()).startsWith(row.row().example().toString());
        assertThat(event.reason()).isEqualTo(row.verdict().cause());
        assertThat(event.remedy()).isEqualTo(row.verdict().remedy());
        if (row.passes()) {
            happened(row, Kind.ACCEPTED, accepted -> accepted.recipients().size() == 2);
        } else if (row.verdict().scope() == Verdict.Scope.RECIPIENT) {
            assertThat(event.recipients()).containsExactly("one@" + row.domain());
            happened(row, Kind.ACCEPTED, accepted -> accepted.recipients().equals(List.of("two@" + row.domain())));
        }
    }

    private DeliveryEvent happened(Case row, Kind kind, Predicate<DeliveryEvent> which) {
        return await(row + ": " + kind)
                .until(
                        () -> town.events(kind).stream()
                                .filter(event -> event.lane().equals(row.lane()))
                                .filter(which)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
