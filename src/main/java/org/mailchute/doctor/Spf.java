package org.mailchute.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Type;

/**
 * What a domain's SPF record says, with all it includes (RFC 7208).
 *
 * @param records how many there are; more than one is a permanent error (section 4.5)
 * @param lookups mechanisms and modifiers that ask the DNS; more than 10 are a permanent error (section 4.6.4)
 * @param included names of all records included
 * @param networks addresses and networks named, also by {@code a} and {@code mx}
 * @param ending of the domain's own record: {@code -all}, {@code ~all}, another, {@code redirect}, or empty
 * @param unknown why something could not be looked up
 */
record Spf(
        int records,
        int lookups,
        Set<String> included,
        List<String> networks,
        String ending,
        Optional<String> unknown) {
    static final int MOST_LOOKUPS = 10;

    static Spf read(Zone zone, String domain) {
        return new Reader(zone).read(domain);
    }

    private static final class Reader {
        /** A record that includes itself ends here. */
        private static final int ENOUGH = 25;

        private final Zone zone;
        private final Set<String> included = new HashSet<>();
        private final List<String> networks = new ArrayList<>();
        private Optional<String> unknown = Optional.empty();
        private int lookups;

        Reader(Zone zone) {
            this.zone = zone;
        }

        Spf read(String domain) {
            List<String> own = records(domain);
            own.stream().limit(1).forEach(record -> follow(domain, record));
            return new Spf(own.size(), lookups, included, networks, own.isEmpty() ? "" : ending(own.get(0)), unknown);
        }

        private List<String> records(String domain) {
            return heard(zone.texts(domain)).stream()
                    .filter(text -> text.toLowerCase(Locale.ROOT).matches("v=spf1( .*)?"))
                    .toList();
        }

        private List<String> heard(Zone.Answer answer) {
            unknown = unknown.or(answer::unknown);
            return answer.records();
        }

        private void follow(String domain, String record) {
            for (String term : record.toLowerCase(Locale.ROOT).split(" +")) {
                if (lookups < ENOUGH) {
                    term(domain, term.replaceFirst("^[-+~?]", ""));
                }
            }
        }

        private void term(String domain, String term) {
            String[] parts = term.split("[:=/]", 2);
            String value = parts.length > 1 ? parts[1] : "";
            // "a/24" is about the domain itself
            String target = term.matches("(a|mx)(/.*)?") ? domain : value.replaceFirst("/.*", "");
            switch (parts[0]) {
                case "ip4", "ip6" -> networks.add(value);
                case "include", "redirect" -> include(value);
                case "a" -> addresses(target);
                case "mx" -> exchangers(target);
                case "ptr", "exists" -> lookups++;
                default -> {
                    // all, exp, or a term that asks nothing
                }
            }
        }

        private void include(String name) {
            lookups++;
            included.add(name);
            // a macro stands for what only the receiver knows (section 7)
            if (!name.contains("%")) {
                records(name).stream().limit(1).forEach(record -> follow(name, record));
            }
        }

        private void addresses(String name) {
            lookups++;
            networks.addAll(heard(zone.names(name, Type.A)));
        }

        private void exchangers(String domain) {
            lookups++;
            for (String mx : heard(zone.names(domain, Type.MX))) {
                networks.addAll(heard(zone.names(mx.replaceFirst("^\\d+ ", ""), Type.A)));
            }
        }

        private static String ending(String record) {
            String last = "";
            for (String term : record.toLowerCase(Locale.ROOT).split(" +")) {
                if (term.matches("[-+~?]?all") || term.startsWith("redirect=")) {
                    last = term.startsWith("redirect=") ? "redirect" : term;
                }
            }
            return last;
        }
    }

    /** Whether an IPv4 or IPv6 address lies in one of the networks. */
    boolean names(String address) {
        return networks.stream().anyMatch(network -> Networks.contains(network, address));
    }
}
