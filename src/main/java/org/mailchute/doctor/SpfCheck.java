package org.mailchute.doctor;

import java.util.Optional;
import org.mailchute.reply.Option;

/** Whether a domain's SPF record lets Microsoft, and where it counts this gateway, send for it. */
record SpfCheck(Patient patient, Tenant tenant, Findings findings, Zone zone) {
    /**
     * @param strict the domain's DMARC policy is to reject
     * @param egress the address the server sees
     */
    void run(String domain, boolean strict, Optional<String> egress) {
        Spf spf = Spf.read(zone, domain);
        boolean submits = patient.option() == Option.SUBMISSION;
        Optional<String> ours = submits ? Optional.empty() : egress.filter(Networks::isPublic);
        Optional<String> fault = fault(spf, tenant.spfInclude(), ours);
        if (fault.isPresent()) {
            findings.add(
                    Topic.SPF,
                    strict && !submits ? Status.ERROR : Status.WARNING,
                    domain + " " + fault.get() + (strict ? ", and its DMARC policy is reject" : ""),
                    "Publish one TXT record at " + domain + ": \"v=spf1 "
                            + ours.map(address -> (address.contains(":") ? "ip6:" : "ip4:") + address + " ")
                                    .orElse("")
                            + "include:" + tenant.spfInclude()
                            + " -all\", with what else sends for it, in 10 look-ups.");
        } else if (spf.unknown().isPresent()) {
            findings.add(
                    Topic.SPF,
                    Status.NOT_CHECKED,
                    domain + ": not checked, because " + spf.unknown().get(),
                    "");
        } else {
            findings.ok(
                    Topic.SPF, domain + " has one record, " + spf.lookups() + " look-ups, and ends in " + spf.ending());
        }
    }

    /** Said of the domain. What was not answered is no fault. */
    static Optional<String> fault(Spf spf, String include, Optional<String> ours) {
        if (spf.records() > 1) {
            return Optional.of("has " + spf.records() + " SPF records, so none counts");
        }
        if (spf.lookups() > Spf.MOST_LOOKUPS) {
            return Optional.of("needs more than 10 look-ups for its SPF record, so it does not count");
        }
        if (spf.unknown().isPresent()) {
            return Optional.empty();
        }
        if (spf.records() == 0) {
            return Optional.of("has no SPF record");
        }
        if (!spf.included().contains(include)) {
            return Optional.of("has an SPF record without include:" + include);
        }
        if (ours.isPresent() && !spf.names(ours.get())) {
            return Optional.of("has an SPF record without " + ours.get() + ", the address Microsoft sees");
        }
        return spf.ending().matches("[-~]all|redirect")
                ? Optional.empty()
                : Optional.of("has an SPF record that ends in " + (spf.ending().isEmpty() ? "nothing" : spf.ending())
                        + ", so anybody may send for it");
    }
}
