package org.mailchute.nexthop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;

/** Which lane carries which recipient: the first rule that matches the recipient's domain. */
public record RoutingTable(List<Rule> rules) {
    public RoutingTable {
        rules = List.copyOf(rules);
    }

    /** From the settings' map of pattern to lane, in its order. */
    public static RoutingTable of(Map<String, String> routing) {
        return new RoutingTable(routing.entrySet().stream()
                .map(rule -> new Rule(rule.getKey(), rule.getValue()))
                .toList());
    }

    /**
     * The lane of one recipient and what decided it.
     *
     * @param number of the rule, from 1
     */
    public record Decision(String lane, int number, Rule rule) {
        /** For people: {@code rule 2: *.contoso.com -> relay}. */
        public String explanation() {
            return "rule " + number + ": " + rule;
        }
    }

    /** Empty when no rule matches. */
    public Optional<Decision> decide(ForwardPath recipient) {
        return IntStream.range(0, rules.size())
                .filter(i -> rules.get(i).matches(recipient.domain()))
                .mapToObj(i -> new Decision(rules.get(i).lane(), i + 1, rules.get(i)))
                .findFirst();
    }

    /**
     * The recipients of an envelope by lane, in the order the envelope names them. Nobody is lost and nobody is there twice
     * who was not before.
     *
     * @param lanes at least one recipient each
     * @param unroutable those no rule matches
     */
    public record Split(Map<String, List<ForwardPath>> lanes, List<ForwardPath> unroutable) {}

    public Split split(Envelope envelope) {
        Map<String, List<ForwardPath>> lanes = new LinkedHashMap<>();
        List<ForwardPath> unroutable = new ArrayList<>();
        for (ForwardPath recipient : envelope.forwardPaths()) {
            decide(recipient)
                    .map(decision -> lanes.computeIfAbsent(decision.lane(), lane -> new ArrayList<>()))
                    .orElse(unroutable)
                    .add(recipient);
        }
        return new Split(lanes, unroutable);
    }
}
