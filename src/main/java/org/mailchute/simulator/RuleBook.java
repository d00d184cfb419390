package org.mailchute.simulator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Rule;

/** The scenario's rules, and how often each has been applied. */
final class RuleBook {
    private final List<Rule> rules;
    private final AtomicIntegerArray applied;

    RuleBook(List<Rule> rules) {
        this.rules = rules;
        this.applied = new AtomicIntegerArray(rules.size());
    }

    /** The first rule for this address and place that is not used up; uses it once. */
    Optional<Rule> next(At at, String address) {
        for (int number = 0; number < rules.size(); number++) {
            Rule rule = rules.get(number);
            if (rule.at() == at && rule.means(address) && use(number, rule.times())) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** Its reply, or the empty text. */
    String reply(At at, String address) {
        return next(at, address).map(Rule::reply).orElse("");
    }

    /** The reply to the first of these that a rule is for, or the empty text. */
    String reply(At at, List<String> addresses) {
        return addresses.stream()
                .map(address -> reply(at, address))
                .filter(reply -> !reply.isEmpty())
                .findFirst()
                .orElse("");
    }

    private boolean use(int number, int times) {
        return applied.getAndUpdate(number, used -> used < times ? used + 1 : used) < times;
    }
}
