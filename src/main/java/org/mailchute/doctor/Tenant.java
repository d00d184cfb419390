package org.mailchute.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is said of the tenant and its cloud.
 *
 * @param domains of its senders, in lower case
 * @param anySender whether senders of other domains are let through
 * @param submissionHosts of its cloud
 * @param mxSuffixes what MX hosts of its cloud end in, without the dot
 * @param spfInclude what an SPF record includes for its cloud
 */
public record Tenant(
        Set<String> domains,
        boolean anySender,
        List<String> submissionHosts,
        List<String> mxSuffixes,
        String spfInclude) {
    /** @param host a lower case name */
    boolean submission(String host) {
        return submissionHosts.contains(host);
    }

    boolean mx(String host) {
        return !submission(host) && mxSuffixes.stream().anyMatch(suffix -> host.endsWith("." + suffix));
    }

    /** Whether a certificate's name is one of the domains or below one; a wildcard counts as its domain. */
    boolean owns(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("^\\*\\.", "");
        return domains.stream().anyMatch(domain -> plain.equals(domain) || plain.endsWith("." + domain));
    }
}
