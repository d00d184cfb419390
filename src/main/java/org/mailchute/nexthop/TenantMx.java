package org.mailchute.nexthop;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The MX hosts of one of our own domains, as the DNS has them now; never made up from the domain's name, since those of
 * domains set up after July 2026 have letters that cannot be known. While the DNS is away the last good answer stands.
 */
public final class TenantMx implements Supplier<MxAnswer> {
    private final MxLookup lookup;
    private final String domain;
    private final Predicate<String> microsoft;
    private volatile MxAnswer last = new MxAnswer.Unknown("the DNS was not asked yet");

    /** @param microsoft whether a host is one of Microsoft 365's MX hosts */
    public TenantMx(MxLookup lookup, String domain, Predicate<String> microsoft) {
        this.lookup = lookup;
        this.domain = domain;
        this.microsoft = microsoft;
    }

    @Override
    public MxAnswer get() {
        MxAnswer now = lookup.lookup(domain);
        if (now instanceof MxAnswer.Hosts hosts) {
            now = sorted(hosts);
        }
        if (now instanceof MxAnswer.Unknown && last instanceof MxAnswer.Hosts) {
            return last;
        }
        last = now;
        return now;
    }

    /** Before a filter of somebody else's stands, direct send must name the tenant's own host (reply 5.7.51). */
    private MxAnswer sorted(MxAnswer.Hosts hosts) {
        List<String> ours = hosts.names().stream().filter(microsoft).toList();
        return ours.isEmpty() ? new MxAnswer.Elsewhere(hosts.names()) : new MxAnswer.Hosts(ours);
    }
}
