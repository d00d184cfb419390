package org.mailchute.nexthop;

import java.util.Locale;
import org.mailchute.envelope.MailAddress;

/**
 * Recipients of this pattern go over this lane.
 *
 * @param pattern a domain; {@code *.domain} for its sub-domains, not itself; {@code *} for all. Kept in lower case
 * @param lane name of the lane
 */
public record Rule(String pattern, String lane) {
    /** @throws IllegalArgumentException when the pattern is none of the three */
    public Rule {
        pattern = pattern.strip().toLowerCase(Locale.ROOT);
        if (!pattern.equals("*")) {
            requireDomain(pattern.startsWith("*.") ? pattern.substring(2) : pattern, pattern);
        }
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
    boolean matches(String domain) {
        if (pattern.startsWith("*.")) {
            return domain.endsWith(pattern.substring(1)) && domain.length() >= pattern.length();
        }
        return pattern.equals("*") || pattern.equals(domain);
    }

    @Override
    public String toString() {
        return pattern + " -> " + lane;
    }
}
