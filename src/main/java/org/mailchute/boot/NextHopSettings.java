package org.mailchute.boot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailchute.boot.yaml.Kind;
import org.mailchute.boot.yaml.Section;
import org.mailchute.boot.yaml.Shape;
import org.mailchute.nexthop.Rule;
import org.mailchute.reply.Option;

/** The section {@code next-hop}: which lane carries which recipient; the first rule that matches decides. */
final class NextHopSettings {
    static final Shape KEYS = Shape.of("domain", "lane");
    private static final Kind<String> DOMAIN =
            new Kind<>("a domain, *.domain or *", Kinds.MISSING, text -> new Rule(text, "").pattern());

    private final Section top;
    private final Map<String, Settings.Lane> lanes;
    private final Map<String, String> routing = new LinkedHashMap<>();

    private NextHopSettings(Section top, List<Settings.Lane> lanes) {
        this.top = top;
        this.lanes = lanes.stream().collect(Collectors.toMap(Settings.Lane::name, lane -> lane, (one, two) -> one));
    }

    /** Domain pattern to lane, in the order written. */
    static Map<String, String> read(Section top, List<Settings.Lane> lanes) {
        NextHopSettings reader = new NextHopSettings(top, lanes);
        top.sections("next-hop").forEach(reader::rule);
        reader.compare();
        return Collections.unmodifiableMap(reader.routing);
    }

    private void rule(Section rule) {
        String domain = rule.required("domain", DOMAIN);
        String lane = rule.required("lane", Kinds.LINE);
        if (rule.has("lane") && !lanes.containsKey(lane)) {
            rule.fault("lane", '"' + lane + '"', "a lane that exists: " + String.join(", ", sorted(lanes.keySet())));
        }
        if (routing.containsKey("*")) {
            rule.warning("domain", '"' + domain + "\" after the rule for *", "a rule that can be reached");
        }
        if (routing.putIfAbsent(domain, lane) != null && !domain.equals(Kinds.MISSING)) {
            rule.fault("domain", '"' + domain + "\" a second time", "each domain once");
        }
        refuseWideDirectSend(rule, domain, lane);
    }

    /** Direct send reaches mailboxes of the own tenant only; everything else is refused as relaying. */
    private void refuseWideDirectSend(Section rule, String domain, String lane) {
        Settings.Lane used = lanes.get(lane);
        if (domain.equals("*") && used != null && used.nextHop().option() == Option.DIRECT_SEND) {
            rule.fault(
                    "lane", "direct send for all domains", "your own domains by name: direct send reaches no others");
        }
    }

    private void compare() {
        if (routing.isEmpty()) {
            top.missing("next-hop", "at least one rule, such as {domain: \"*\", lane: submission}");
        } else if (!routing.containsKey("*")) {
            top.warning("next-hop", "no rule for *", "one, unless mail to other domains is to be refused");
        }
        lanes.keySet().stream()
                .filter(lane -> !routing.containsValue(lane))
                .sorted()
                .forEach(lane -> top.warning("lanes", "the lane " + lane + " without a rule", "a rule in next-hop"));
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
