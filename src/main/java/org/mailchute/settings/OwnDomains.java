package org.mailchute.settings;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.IntakeRule;

/** Domains of senders, by the intakes and by the policy; patterns that name none are left out. */
final class OwnDomains {
    private OwnDomains() {}

    static Set<String> of(Stream<IntakeRule> rules, AcceptPolicy policy) {
        Set<String> domains = new LinkedHashSet<>();
        rules.forEach(rule -> domains.add(rule.from().domain().toLowerCase(Locale.ROOT)));
        policy.senders().stream()
                .map(AddressPattern::pattern)
                .map(pattern -> pattern.substring(pattern.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))
                .filter(domain -> !domain.contains("*"))
                .forEach(domains::add);
        return domains;
    }
}
