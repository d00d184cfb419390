package org.mailchute.nexthop;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.MailAddress;

/**
 * Mail of these authors to recipients of this pattern goes over the first of these lanes, and over the next when that one
 * cannot carry it for now.
 *
 * @param from authors it is for; empty for all
 * @param pattern a domain; {@code *.domain} for its sub-domains, not itself; {@code *} for all. Kept in lower case
 * @param lanes names of lanes, at least one, in the order they are asked
 */
public record Rule(Optional<AddressPattern> from, String pattern, List<String> lanes) {
    /** @throws IllegalArgumentException when the pattern is none of the three, or there is no lane */
    public Rule {
        lanes = List.copyOf(lanes);
        pattern = pattern.strip().toLowerCase(Locale.ROOT);
        if (!pattern.equals("*")) {
            requireDomain(pattern.startsWith("*.") ? pattern.substring(2) : pattern, pattern);
        }
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("a rule needs a lane");
        }
    }

    /** For all authors, over one lane. */
    public Rule(String pattern, String lane) {
        this(Optional.empty(), pattern, List.of(lane));
    }

    private static void requireDomain(String domain, String pattern) {
        try {
            new MailAddress("postmaster", domain);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + pattern.replaceAll("\\p{C}", "?") + "\" is no domain, *.domain or *", e);
        }
    }

    /** @param domain in lower case */
    boolean matches(MailAddress author, String domain) {
        return from.map(pattern -> pattern.matches(author)).orElse(true) && matches(domain);
    }

    private boolean matches(String domain) {
        if (pattern.startsWith("*.")) {
            return domain.endsWith(pattern.substring(1)) && domain.length() >= pattern.length();
        }
        return pattern.equals("*") || pattern.equals(domain);
    }

    @Override
    public String toString() {
        String authors =
                from.map(pattern -> "from " + pattern.pattern() + " to ").orElse("");
        return authors + pattern + " -> " + String.join(", ", lanes);
    }
}
