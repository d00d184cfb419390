package org.mailchute.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.MailAddress;
import org.mailchute.nexthop.Rule;
import org.mailchute.reply.Option;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code next-hop}: which lanes carry which recipient; the first rule that matches decides. */
final class NextHopReader {
    private static final Kind<String> DOMAIN =
            new Kind<>("a domain, *.domain or *", Kinds.MISSING, text -> new Rule(text, "any").pattern());

    private final Section top;
    private final Map<String, Settings.Lane> lanes;
    private final Set<String> own;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private NextHopReader(Section top, List<Settings.Lane> lanes, Set<String> own) {
        this.top = top;
        this.own = own;
        this.lanes = lanes.stream().collect(Collectors.toMap(Settings.Lane::name, lane -> lane, (one, two) -> one));
    }

    /**
     * The rules in the order written.
     *
     * @param own domains of our senders
     */
    static List<Rule> read(Section top, List<Settings.Lane> lanes, Set<String> own) {
        NextHopReader reader = new NextHopReader(top, lanes, own);
        top.sections("next-hop").forEach(reader::rule);
        reader.compare();
        return List.copyOf(reader.rules);
    }

    private void rule(Section rule) {
        Optional<AddressPattern> from = rule.optional("from", Kinds.ADDRESSES)
                .filter(pattern -> !pattern.pattern().equals("*"));
        String domain = rule.required("domain", DOMAIN);
        List<String> names = rule.list("lane", Kinds.LINE);
        if (names.isEmpty()) {
            rule.missing("lane", "a lane, or several in the order they are asked: [mailbox-1, mailbox-2]");
            names = List.of(Kinds.MISSING);
        }
        names.forEach(name -> check(rule, domain, name));
        if (catchesAll()) {
            rule.warning("domain", '"' + domain + "\" after the rule for *", "a rule that can be reached");
        }
        if (!seen.add(from.map(AddressPattern::pattern).orElse("") + " " + domain) && !domain.equals(Kinds.MISSING)) {
            rule.fault("domain", '"' + domain + "\" a second time", "each domain once");
        }
        rules.add(new Rule(from, domain.equals(Kinds.MISSING) ? "missing.invalid" : domain, names));
    }

    private void check(Section rule, String domain, String name) {
        Settings.Lane used = lanes.get(name);
        if (used == null && !name.isEmpty() && rule.has("lane")) {
            rule.fault(
                    "lane",
                    '"' + name + '"',
                    lanes.isEmpty()
                            ? "a lane of the section lanes"
                            : "a lane that exists: " + String.join(", ", sorted(lanes.keySet())));
        }
        if (used != null && used.nextHop().option() == Option.DIRECT_SEND) {
            inside(rule, domain, "direct send");
        } else if (used != null && ServiceProfile.of(used.nextHop().service()).inside()) {
            String service = ServiceProfile.of(used.nextHop().service()).title();
            inside(rule, domain, service);
            foreign(rule, domain, service, used.login().sendsAs().map(MailAddress::domain));
        }
    }

    /** Mailboxes of the own tenant are all that some ways reach; everything else is refused as relaying. */
    private static void inside(Section rule, String domain, String way) {
        if (domain.equals("*")) {
            rule.fault("lane", way + " for all domains", "your own domains by name: " + way + " reaches no others");
        }
    }

    /** Nobody outside sees which domains are the tenant's; those of senders are. */
    private void foreign(Section rule, String domain, String way, Optional<String> accounts) {
        String plain = domain.replaceFirst("^\\*\\.?", "");
        if (!plain.isEmpty()
                && !own.contains(plain)
                && accounts.filter(plain::equalsIgnoreCase).isEmpty()) {
            rule.warning(
                    "lane",
                    way + " for " + domain + ", a domain of none of your senders",
                    "domains of your own organisation: " + way + " reaches no others");
        }
    }

    private boolean catchesAll() {
        return rules.stream()
                .anyMatch(rule -> rule.from().isEmpty() && rule.pattern().equals("*"));
    }

    private void compare() {
        if (rules.isEmpty()) {
            top.missing("next-hop", "at least one rule, such as {domain: \"*\", lane: submission}");
        } else if (!catchesAll()) {
            top.warning("next-hop", "no rule for *", "one, unless mail to other domains is to be refused");
        }
        lanes.keySet().stream()
                .filter(lane -> rules.stream().noneMatch(rule -> rule.lanes().contains(lane)))
                .sorted()
                .forEach(lane -> top.warning("lanes", "the lane " + lane + " without a rule", "a rule in next-hop"));
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
