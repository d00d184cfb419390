package org.mailchute.nexthop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;

/** Which lanes carry which recipient: the first rule that matches the author and the recipient's domain. */
public record RoutingTable(List<Rule> rules) {
    public RoutingTable {
        rules = List.copyOf(rules);
    }

    /**
     * The lanes of one recipient and what decided it.
     *
     * @param number of the rule, from 1
     */
    public record Decision(int number, Rule rule) {
        /** In the order they are asked, at least one. */
        public List<String> lanes() {
            return rule.lanes();
        }

        /** For people: {@code rule 2: *.contoso.com -> relay}. */
        public String explanation() {
            return "rule " + number + ": " + rule;
        }
    }

    /** Empty when no rule matches. */
    public Optional<Decision> decide(MailAddress author, ForwardPath recipient) {
        return IntStream.range(0, rules.size())
                .filter(i -> rules.get(i).matches(author, recipient.domain()))
                .mapToObj(i -> new Decision(i + 1, rules.get(i)))
                .findFirst();
    }

    /** Those that may carry mail from this author to this recipient, in the order they are asked; none when no rule matches. */
    public List<String> lanes(MailAddress author, ForwardPath recipient) {
        return decide(author, recipient).map(Decision::lanes).orElse(List.of());
    }

    /**
     * The recipients of a message by the lanes that may carry them, in the order given. Nobody is lost and nobody is there
     * twice who was not before.
     *
     * @param lanes at least one recipient each
     * @param unroutable those no rule matches
     */
    public record Split(Map<List<String>, List<ForwardPath>> lanes, List<ForwardPath> unroutable) {}

    public Split split(MailAddress author, List<ForwardPath> recipients) {
        Map<List<String>, List<ForwardPath>> lanes = new LinkedHashMap<>();
        List<ForwardPath> unroutable = new ArrayList<>();
        for (ForwardPath recipient : recipients) {
            decide(author, recipient)
                    .map(decision -> lanes.computeIfAbsent(decision.lanes(), names -> new ArrayList<>()))
                    .orElse(unroutable)
                    .add(recipient);
        }
        return new Split(lanes, unroutable);
    }
}
