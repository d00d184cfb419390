package org.mailchute.nexthop;

import java.util.List;

/** What the DNS says about where a domain's mail goes. */
public sealed interface MxAnswer {
    /** These hosts, the preferred one first; the domain itself where it has no MX record (RFC 5321 section 5.1). */
    record Hosts(List<String> names) implements MxAnswer {
        public Hosts {
            names = List.copyOf(names);
        }
    }

    /** Other hosts than Microsoft 365's: a filter before it, or another provider. */
    record Elsewhere(List<String> names) implements MxAnswer {
        public Elsewhere {
            names = List.copyOf(names);
        }
    }

    /** The domain takes no mail (RFC 7505). */
    record NullMx() implements MxAnswer {}

    /** There is no such domain. */
    record NoSuchDomain() implements MxAnswer {}

    /** Not known now; ask again later. */
    record Unknown(String why) implements MxAnswer {}
}
