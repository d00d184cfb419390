package org.mailchute.doctor;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.reply.Option;
import org.mailchute.service.ServiceProfile;
import org.xbill.DNS.Type;

/** What the DNS says of the senders' domains: whether their mail is taken for theirs. */
final class DnsCheck {
    private final Patient patient;
    private final Tenant tenant;
    private final Findings findings;
    private final Zone zone;
    private final List<String> blockLists;
    private final boolean submits;

    /** @param blockLists asked for our address */
    DnsCheck(Patient patient, Tenant tenant, Findings findings, Zone zone, List<String> blockLists) {
        this.patient = patient;
        this.tenant = tenant;
        this.findings = findings;
        this.zone = zone;
        this.blockLists = blockLists;
        this.submits = patient.option() == Option.SUBMISSION;
    }

    /** @param egress the address the server sees, where it says so */
    void run(Optional<String> egress) {
        for (String domain : tenant.domains()) {
            mx(domain);
            String policy = dmarc(domain);
            new SpfCheck(patient, tenant, findings, zone).run(domain, policy.equals("reject"), egress);
            dkim(domain);
        }
        senders();
        if (!submits) {
            reverse(egress);
        }
    }

    private void mx(String domain) {
        Zone.Answer answer = zone.names(domain, Type.MX);
        if (unknown(Topic.MX, domain, answer)) {
            return;
        }
        List<String> hosts = answer.records().stream()
                .map(mx -> mx.replaceFirst("^\\d+ ", "").toLowerCase(Locale.ROOT))
                .toList();
        if (hosts.isEmpty() || hosts.contains("")) {
            worse(
                    Topic.MX,
                    domain + " takes no mail: it has no MX record",
                    "Publish the domain's MX record (admin center, Settings, Domains): mail of a domain without one is"
                            + " suspected, and bounces go nowhere.");
        } else if (hosts.stream().allMatch(tenant::mx)) {
            findings.ok(Topic.MX, domain + " is at " + String.join(", ", hosts));
        } else {
            worse(
                    Topic.MX,
                    domain + " has its MX elsewhere: " + String.join(", ", hosts),
                    submits
                            ? "Nothing to do for this lane."
                            : "Set the lane's host to the tenant's own MX host (admin center, Settings, Domains), and"
                                    + " expect 5.7.51 where a connector locks the domain to that filter. Only an"
                                    + " administrator can look: Get-InboundConnector | Format-List Name, ConnectorType,"
                                    + " SenderDomains, RestrictDomainsToIPAddresses, RestrictDomainsToCertificate");
        }
    }

    /** Its policy; empty for none. */
    private String dmarc(String domain) {
        for (String at : parents(domain).toList()) {
            Zone.Answer answer = zone.texts("_dmarc." + at);
            if (unknown(Topic.DMARC, domain, answer)) {
                return "";
            }
            List<String> records = answer.records().stream()
                    .filter(text -> text.startsWith("v=DMARC1"))
                    .toList();
            if (!records.isEmpty()) {
                return policy(at, records);
            }
        }
        worse(
                Topic.DMARC,
                domain + " has no DMARC record",
                "Publish one, to begin with only to see: _dmarc." + domain
                        + " TXT \"v=DMARC1; p=none; rua=mailto:REPORTS\"");
        return "";
    }

    private String policy(String at, List<String> records) {
        if (records.size() > 1) {
            findings.warning(
                    Topic.DMARC,
                    "_dmarc." + at + " has " + records.size() + " records, so none counts (RFC 7489 section 6.6.3)",
                    "Leave one.");
            return "";
        }
        String policy = Stream.of(records.get(0).split(";"))
                .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                .filter(tag -> tag.startsWith("p="))
                .map(tag -> tag.substring(2).strip())
                .findFirst()
                .orElse("none");
        findings.ok(Topic.DMARC, at + " has p=" + policy);
        return policy;
    }

    /** The domain, and those above it that are not top-level. */
    private static Stream<String> parents(String domain) {
        return Stream.iterate(domain, at -> at.contains("."), at -> at.substring(at.indexOf('.') + 1));
    }

    /** Read, never made up: the values of newer domains cannot be known. */
    private void dkim(String domain) {
        ServiceProfile.Domains theirs = patient.profile().domains();
        List<String> found = theirs.selectors().stream()
                .filter(selector -> !zone.names(selector + "._domainkey." + domain, Type.CNAME)
                        .records()
                        .isEmpty())
                .toList();
        Zone.Answer first = zone.names(theirs.selectors().get(0) + "._domainkey." + domain, Type.CNAME);
        if (unknown(Topic.DKIM, domain, first)) {
            return;
        }
        if (found.size() == 2) {
            findings.ok(Topic.DKIM, domain + " has Microsoft's selectors" + unsigned());
        } else {
            worse(
                    Topic.DKIM,
                    domain + " has " + (found.isEmpty() ? "neither" : "only one") + " of Microsoft's two selectors"
                            + unsigned(),
                    "Publish what an administrator sees: " + theirs.signing().replace("DOMAIN", domain));
        }
    }

    private String unsigned() {
        return patient.option() == Option.DIRECT_SEND ? "; direct send is signed by nobody, so SPF must pass" : "";
    }

    /** Nobody outside sees the accepted domains. */
    private void senders() {
        String domains = String.join(", ", tenant.domains());
        ServiceProfile.Note accepted = patient.profile().domains().accepted();
        if (tenant.anySender()) {
            worse(
                    Topic.SENDER_DOMAIN,
                    "accept.senders lets senders of any domain through, besides " + domains,
                    "Name the accepted domains in accept.senders: others are refused (5.7.64) or rewritten. "
                            + accepted.remedy());
        } else {
            findings.info(Topic.SENDER_DOMAIN, domains + " must each be " + accepted.seen(), accepted.remedy());
        }
    }

    private void reverse(Optional<String> egress) {
        Optional<InetAddress> address = egress.filter(Networks::isPublic).flatMap(Networks::address);
        if (address.isEmpty()) {
            String because = egress.map(one -> "the server sees us as " + one + ", which is not public")
                    .orElse("it is not known which address the server sees");
            findings.notChecked(List.of(Topic.PTR, Topic.BLOCK_LISTS), because);
            return;
        }
        pointer(address.get());
        blockLists.forEach(list -> blockList(list, address.get()));
        if (blockLists.isEmpty()) {
            findings.info(
                    Topic.BLOCK_LISTS,
                    "not asked: lists such as Spamhaus answer only whom they know; doctor --block-list asks one",
                    look(egress.get()));
        }
    }

    private static String look(String address) {
        return "Look " + address
                + " up at https://check.spamhaus.org/; Microsoft's own list: https://sender.office.com/";
    }

    private void blockList(String list, InetAddress address) {
        String text = address.getHostAddress();
        Zone.Answer answer = zone.listed(address, list);
        if (unknown(Topic.BLOCK_LISTS, list, answer)) {
            return;
        }
        String said = String.join(", ", answer.records());
        if (answer.records().isEmpty()) {
            findings.ok(Topic.BLOCK_LISTS, text + " is not on " + list);
        } else if (answer.records().stream()
                .anyMatch(one -> !one.startsWith("127.") || one.startsWith("127.255.255."))) {
            findings.add(
                    Topic.BLOCK_LISTS,
                    Status.NOT_CHECKED,
                    list + " does not answer this DNS server (" + said + ")",
                    "Ask by a DNS server of your own (--dns), or with the key the list gave you. " + look(text));
        } else {
            findings.warning(
                    Topic.BLOCK_LISTS,
                    text + " is on " + list + " (" + said + ")",
                    "Find out what sends from it, then ask for its release: Microsoft refuses such addresses (5.7.1,"
                            + " 5.7.606). " + look(text));
        }
    }

    private void pointer(InetAddress address) {
        String text = address.getHostAddress();
        Zone.Answer names = zone.namesOf(address);
        if (unknown(Topic.PTR, text, names)) {
            return;
        }
        String remedy = "Have the provider set the address's reverse name to "
                + patient.peer().ehloName() + ", and that name's address to it.";
        int type = address.getAddress().length == 4 ? Type.A : Type.AAAA;
        if (names.records().isEmpty()) {
            findings.warning(Topic.PTR, text + " has no reverse DNS name", remedy);
        } else if (names.records().stream()
                .anyMatch(name ->
                        zone.names(name, type).records().stream().anyMatch(one -> Networks.contains(one, text)))) {
            findings.ok(Topic.PTR, text + " is " + names.records().get(0));
        } else {
            findings.warning(Topic.PTR, text + " is " + names.records().get(0) + ", which has another address", remedy);
        }
    }

    private boolean unknown(Topic topic, String what, Zone.Answer answer) {
        answer.unknown()
                .ifPresent(why -> findings.add(topic, Status.NOT_CHECKED, what + ": not checked, because " + why, ""));
        return answer.unknown().isPresent();
    }

    /** For client submission Microsoft signs, and its own addresses send. */
    private void worse(Topic topic, String seen, String remedy) {
        findings.add(topic, submits ? Status.INFO : Status.WARNING, seen, remedy);
    }
}
