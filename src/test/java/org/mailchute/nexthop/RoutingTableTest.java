package org.mailchute.nexthop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;

class RoutingTableTest {
    private static final MailAddress ANNA = MailAddress.parse("anna@contoso.com");
    private static final RoutingTable TABLE = new RoutingTable(List.of(
            new Rule("contoso.com", "direct"), new Rule("*.contoso.com", "relay"), new Rule("*", "submission")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@contoso.com          | rule 1: contoso.com -> direct",
                "a@CONTOSO.COM          | rule 1: contoso.com -> direct",
                "a@print.contoso.com    | rule 2: *.contoso.com -> relay",
                "a@x.y.contoso.com      | rule 2: *.contoso.com -> relay",
                "a@notcontoso.com       | rule 3: * -> submission",
                "a@contoso.com.evil.org | rule 3: * -> submission",
                "a@com                  | rule 3: * -> submission",
            })
    void theFirstRuleThatMatchesDecidesAndSaysSo(String recipient, String explanation) {
        assertThat(TABLE.decide(ANNA, ForwardPath.parse(recipient)))
                .hasValueSatisfying(
                        decision -> assertThat(decision.explanation()).isEqualTo(explanation));
    }

    @Test
    void theOrderOfTheRulesDecidesNotHowExactTheyAre() {
        RoutingTable table = new RoutingTable(List.of(new Rule("*", "all"), new Rule("contoso.com", "direct")));
        assertThat(table.decide(ANNA, ForwardPath.parse("a@contoso.com"))
                        .orElseThrow()
                        .lanes())
                .containsExactly("all");
    }

    @Test
    void aRuleForAnAuthorLeavesTheOthersToTheNextRule() {
        RoutingTable table = new RoutingTable(List.of(
                new Rule(Optional.of(AddressPattern.parse("*@hr.contoso.com")), "*", List.of("hr", "spare")),
                new Rule("*", "all")));
        ForwardPath recipient = ForwardPath.parse("x@fabrikam.com");

        assertThat(table.decide(MailAddress.parse("Pay@HR.contoso.com"), recipient)
                        .orElseThrow()
                        .explanation())
                .isEqualTo("rule 1: from *@hr.contoso.com to * -> hr, spare");
        assertThat(table.decide(ANNA, recipient).orElseThrow().lanes()).containsExactly("all");
    }

    @Test
    void anEnvelopeIsSplitByLaneInItsOrderAndTheUnroutableAreKeptApart() {
        RoutingTable table = new RoutingTable(List.of(new Rule("a.org", "one"), new Rule("b.org", "two")));
        RoutingTable.Split split = table.split(ANNA, paths("1@b.org", "2@a.org", "3@c.org", "4@b.org"));
        assertThat(split.lanes())
                .containsExactly(
                        Map.entry(List.of("two"), paths("1@b.org", "4@b.org")),
                        Map.entry(List.of("one"), paths("2@a.org")));
        assertThat(split.unroutable()).isEqualTo(paths("3@c.org"));
    }

    @Test
    void noRecipientIsLostOrDoubledBySplittingAndChunking() {
        Random random = new Random(5);
        String[] domains = {"contoso.com", "x.contoso.com", "fabrikam.com", "nowhere.test"};
        RoutingTable table = new RoutingTable(TABLE.rules().subList(0, 2));
        for (int round = 0; round < 300; round++) {
            List<ForwardPath> recipients = new ArrayList<>();
            int size = 1 + random.nextInt(60);
            for (int i = 0; i < size; i++) {
                recipients.add(ForwardPath.parse("r" + i + "@" + domains[random.nextInt(domains.length)]));
            }
            RoutingTable.Split split = table.split(ANNA, recipients);
            int max = 1 + random.nextInt(10);
            int perDomain = 1 + random.nextInt(10);
            Stream<ForwardPath> chunked = split.lanes().values().stream()
                    .flatMap(lane -> Chunks.chunks(lane, max, perDomain).stream())
                    .flatMap(List::stream);
            assertThat(Stream.concat(chunked, split.unroutable().stream()))
                    .containsExactlyInAnyOrderElementsOf(recipients);
            assertThat(split.unroutable())
                    .allMatch(path -> table.decide(ANNA, path).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*.",
                "*contoso.com",
                "a.*.com",
                "@contoso.com",
                "a@contoso.com",
                "con toso.com",
                ".com",
                "*.*"
            })
    void whatIsNoDomainPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> new Rule(pattern, "lane")).hasMessageContaining("is no domain, *.domain or *");
    }

    private static List<ForwardPath> paths(String... recipients) {
        return Stream.of(recipients).map(ForwardPath::parse).toList();
    }
}
