package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.reply.Service;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.testing.LoopbackDns;
import org.mailchute.testing.Patience;
import org.xbill.DNS.Rcode;

/** Each fault of a domain's records, with a real DNS server. */
class DnsCheckTest {
    private static final String MX = "contoso-example.mail.protection.outlook.com";
    private static final String SPF = "v=spf1 ip4:203.0.113.5 include:spf.protection.outlook.com -all";

    private List<Check> direct(LoopbackDns dns) {
        return examine(dns, "203.0.113.5", Clinic.TENANT);
    }

    private static List<Check> examine(LoopbackDns dns, String egress, Tenant tenant) {
        Clinic clinic = new Clinic(Clock.systemUTC(), Path.of("trust.pem"), dns.resolver());
        return examine(clinic.direct("localhost", 25), dns, egress, tenant);
    }

    private static List<Check> examine(Patient patient, LoopbackDns dns, String egress, Tenant tenant) {
        return examine(patient, dns, egress, tenant, Patience.LONGEST);
    }

    private static List<Check> examine(
            Patient patient, LoopbackDns dns, String egress, Tenant tenant, Duration patience) {
        Findings findings = new Findings();
        new DnsCheck(patient, tenant, findings, new Zone(dns.resolver(), patience), List.of("lists.example"))
                .run(Optional.of(egress).filter(address -> !address.isEmpty()));
        return findings.checks();
    }

    private static void assertFound(List<Check> checks, Topic topic, Status status, String seen) {
        Check worst = Clinic.worst(checks, topic);
        assertThat(worst.status()).as(worst.toString()).isEqualTo(status);
        assertThat(worst.seen()).contains(seen);
        assertThat(status == Status.OK
                        || status == Status.NOT_CHECKED
                        || !worst.remedy().isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.2|WARNING|203.0.113.5 is on lists.example (127.0.0.2)|check.spamhaus.org",
                "127.255.255.254|NOT_CHECKED|lists.example does not answer this DNS server (127.255.255.254)|--dns",
                "192.0.2.1|NOT_CHECKED|lists.example does not answer this DNS server (192.0.2.1)|--dns"
            })
    void aBlockListIsAskedForTheAddressMicrosoftSees(String said, Status status, String seen, String remedy)
            throws Exception {
        try (LoopbackDns dns = Records.healthy().knows(Records.a("5.113.0.203.lists.example", said))) {
            Check check = Clinic.worst(direct(dns), Topic.BLOCK_LISTS);
            assertThat(check.status()).isEqualTo(status);
            assertThat(check.seen()).isEqualTo(seen);
            assertThat(check.remedy()).contains(remedy);
        }
        try (LoopbackDns dns = Records.healthy()) {
            assertFound(direct(dns), Topic.BLOCK_LISTS, Status.OK, "203.0.113.5 is not on lists.example");
        }
    }

    @Test
    void aDomainThatHasAllItShouldHaveIsFoundHealthy() throws Exception {
        try (LoopbackDns dns = Records.healthy()) {
            List<Check> checks = direct(dns);
            assertThat(checks)
                    .extracting(Check::topic)
                    .contains(Topic.MX, Topic.SPF, Topic.DKIM, Topic.DMARC, Topic.PTR, Topic.SENDER_DOMAIN);
            assertThat(checks).as(checks.toString()).extracting(Check::status).containsOnly(Status.OK, Status.INFO);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=spf1 ip4:203.0.113.5 -all|without include:spf.protection.outlook.com",
                "v=spf1 include:spf.protection.outlook.com -all|without 203.0.113.5, the address Microsoft sees",
                "v=spf1 ip4:203.0.113.6 include:spf.protection.outlook.com -all|without 203.0.113.5",
                "v=spf1 ip4:203.0.113.5 include:spf.protection.outlook.com ?all|ends in ?all, so anybody may send",
                "v=spf1 ip4:203.0.113.5 include:spf.protection.outlook.com|ends in nothing",
                "v=spf10 ip4:203.0.113.5 include:spf.protection.outlook.com -all|has no SPF record"
            })
    void anSpfRecordThatLetsUsFailIsAWarningAndAnErrorWhereDmarcRejects(String record, String seen) throws Exception {
        try (LoopbackDns dns = Records.mailDomain()
                .knows(
                        Records.txt("contoso.example", record),
                        Records.txt("_dmarc.contoso.example", "v=DMARC1; p=none"),
                        Records.mx("contoso.example", MX))) {
            assertFound(direct(dns), Topic.SPF, Status.WARNING, seen);
        }
        try (LoopbackDns dns = Records.mailDomain()
                .knows(
                        Records.txt("contoso.example", record),
                        Records.txt("_dmarc.contoso.example", "v=DMARC1;p=reject"))) {
            assertFound(direct(dns), Topic.SPF, Status.ERROR, seen);
            assertThat(Clinic.worst(direct(dns), Topic.SPF).remedy())
                    .contains("\"v=spf1 ip4:203.0.113.5 include:spf.protection.outlook.com -all\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "v=spf1 a:gateway.contoso.example include:spf.protection.outlook.com -all",
        "v=spf1 mx include:spf.protection.outlook.com ~all",
        "v=spf1 include:more.example -all"
    })
    void theAddressMayBeNamedByAnotherRecord(String record) throws Exception {
        try (LoopbackDns dns = Records.mailDomain()
                .knows(
                        Records.txt("contoso.example", record),
                        Records.txt("more.example", SPF),
                        Records.mx("contoso.example", "gateway.contoso.example"))) {
            assertFound(direct(dns), Topic.SPF, Status.OK, "contoso.example has one record");
        }
    }

    @Test
    void twoSpfRecordsDoNotCount() throws Exception {
        try (LoopbackDns dns = Records.healthy().knows(Records.txt("contoso.example", "v=spf1 mx -all"))) {
            assertFound(direct(dns), Topic.SPF, Status.ERROR, "has 2 SPF records, so none counts");
        }
    }

    @Test
    void tenLookUpsAreFineAndElevenAreNot() throws Exception {
        for (int more : new int[] {9, 10}) {
            StringBuilder record = new StringBuilder("v=spf1 ip4:203.0.113.5 include:spf.protection.outlook.com");
            IntStream.range(0, more)
                    .forEach(i -> record.append(" exists:x").append(i).append(".example"));
            try (LoopbackDns dns = Records.mailDomain().knows(Records.txt("contoso.example", record + " -all"))) {
                assertFound(
                        direct(dns),
                        Topic.SPF,
                        more == 9 ? Status.OK : Status.WARNING,
                        more == 9 ? "10 look-ups" : "more than 10 look-ups");
            }
        }
    }

    @Test
    void anSpfRecordThatIncludesItselfEnds() throws Exception {
        try (LoopbackDns dns =
                Records.mailDomain().knows(Records.txt("contoso.example", "v=spf1 include:contoso.example -all"))) {
            assertFound(direct(dns), Topic.SPF, Status.WARNING, "more than 10 look-ups");
        }
    }

    @Test
    void anMxElsewhereIsAWarningOfTheFilterBefore() throws Exception {
        try (LoopbackDns dns = Records.mailDomain().knows(Records.mx("contoso.example", "mx.filter.example"))) {
            List<Check> checks = direct(dns);
            assertFound(checks, Topic.MX, Status.WARNING, "mx.filter.example");
            assertThat(Clinic.worst(checks, Topic.MX).remedy()).contains("5.7.51", "Get-InboundConnector");
        }
    }

    @Test
    void theNewerFamilyOfMxHostsIsMicrosoftsToo() throws Exception {
        try (LoopbackDns dns =
                Records.mailDomain().knows(Records.mx("contoso.example", "contoso-example.p-v1.mx.microsoft"))) {
            assertFound(direct(dns), Topic.MX, Status.OK, "p-v1.mx.microsoft");
        }
    }

    @Test
    void aDomainWithoutRecordsHasAWarningForEach() throws Exception {
        try (LoopbackDns dns = new LoopbackDns()) {
            List<Check> checks = direct(dns);
            assertFound(checks, Topic.MX, Status.WARNING, "has no MX record");
            assertFound(checks, Topic.SPF, Status.WARNING, "has no SPF record");
            assertFound(checks, Topic.DMARC, Status.WARNING, "has no DMARC record");
            assertFound(checks, Topic.DKIM, Status.WARNING, "neither of Microsoft's two selectors");
            assertFound(checks, Topic.PTR, Status.WARNING, "203.0.113.5 has no reverse DNS name");
            assertThat(Clinic.worst(checks, Topic.DKIM).remedy())
                    .contains("Get-DkimSigningConfig -Identity contoso.example");
        }
    }

    @Test
    void domainsOfCommunicationServicesAreSignedByItsOwnSelectors() throws Exception {
        try (LoopbackDns dns = Records.healthy()) {
            Clinic clinic = new Clinic(Clock.systemUTC(), Path.of("trust.pem"), dns.resolver());
            Patient acs = Clinic.of(
                    Service.ACS, clinic.submission("localhost", 587, new Proof.Anonymous(), Optional.empty()));
            List<Check> checks = examine(acs, dns, "", Clinic.TENANT);
            assertFound(checks, Topic.DKIM, Status.INFO, "neither of Microsoft's two selectors");
            assertFound(checks, Topic.SENDER_DOMAIN, Status.INFO, "a verified domain");
            assertThat(Clinic.worst(checks, Topic.DKIM).remedy()).contains("the Azure portal");
        }
    }

    @Test
    void forClientSubmissionMostOfItIsOnlyWorthKnowing() throws Exception {
        try (LoopbackDns dns = new LoopbackDns()) {
            Clinic clinic = new Clinic(Clock.systemUTC(), Path.of("trust.pem"), dns.resolver());
            Patient mailbox = clinic.submission("localhost", 587, new Proof.Anonymous(), Optional.empty());
            List<Check> checks = examine(mailbox, dns, "", Clinic.TENANT);
            assertThat(checks)
                    .filteredOn(check -> check.topic() != Topic.SPF)
                    .extracting(Check::status)
                    .containsOnly(Status.INFO);
            assertFound(checks, Topic.SPF, Status.WARNING, "has no SPF record");
        }
    }

    @Test
    void aSubDomainHasTheDmarcPolicyOfTheDomainAbove() throws Exception {
        Tenant scans = new Tenant(
                Set.of("scans.contoso.example"), false, List.of("smtp.office365.com"), List.of("mx.microsoft"), "x");
        try (LoopbackDns dns = Records.healthy()) {
            assertFound(examine(dns, "", scans), Topic.DMARC, Status.OK, "contoso.example has p=reject");
        }
    }

    @Test
    void twoDmarcRecordsDoNotCount() throws Exception {
        try (LoopbackDns dns = Records.healthy().knows(Records.txt("_dmarc.contoso.example", "v=DMARC1; p=none"))) {
            assertFound(direct(dns), Topic.DMARC, Status.WARNING, "has 2 records, so none counts");
        }
    }

    @Test
    void aReverseNameThatLeadsElsewhereIsAWarning() throws Exception {
        try (LoopbackDns dns = Records.healthy()
                .knows(Records.ptr("198.51.100.7", "other.example"), Records.a("other.example", "198.51.100.8"))) {
            assertFound(
                    examine(dns, "198.51.100.7", Clinic.TENANT),
                    Topic.PTR,
                    Status.WARNING,
                    "is other.example, which has another address");
        }
    }

    @Test
    void anAddressThatIsNotPublicIsNotLookedUp() throws Exception {
        try (LoopbackDns dns = Records.healthy()) {
            for (String inside : List.of("127.0.0.1", "10.1.2.3", "192.168.1.9", "100.64.3.4", "fd00::1")) {
                assertFound(examine(dns, inside, Clinic.TENANT), Topic.PTR, Status.NOT_CHECKED, "which is not public");
            }
            assertFound(examine(dns, "", Clinic.TENANT), Topic.PTR, Status.NOT_CHECKED, "not known which address");
        }
    }

    @Test
    void sendersOfAnyDomainAreAWarning() throws Exception {
        Tenant open = new Tenant(
                Clinic.TENANT.domains(),
                true,
                Clinic.TENANT.submissionHosts(),
                Clinic.TENANT.mxSuffixes(),
                Clinic.TENANT.spfInclude());
        try (LoopbackDns dns = Records.healthy()) {
            assertFound(examine(dns, "", open), Topic.SENDER_DOMAIN, Status.WARNING, "senders of any domain");
            assertThat(Clinic.worst(examine(dns, "", open), Topic.SENDER_DOMAIN).remedy())
                    .contains("Get-AcceptedDomain");
        }
    }

    @Test
    void aDnsThatIsSilentOrFailsIsNoFaultAndNothingIsCalledOk() throws Exception {
        try (LoopbackDns silent = Records.healthy();
                LoopbackDns failing = new LoopbackDns()
                        .fails(Records.name("contoso.example"), Rcode.SERVFAIL)
                        .fails(Records.name("_dmarc.contoso.example"), Rcode.SERVFAIL)) {
            silent.silent(true);
            Patient patient =
                    new Clinic(Clock.systemUTC(), Path.of("trust.pem"), silent.resolver()).direct("localhost", 25);
            List<Check> unanswered = examine(patient, silent, "203.0.113.5", Clinic.TENANT, Clinic.SHORT);
            for (Topic topic : List.of(Topic.MX, Topic.SPF, Topic.DMARC)) {
                assertFound(unanswered, topic, Status.NOT_CHECKED, "not checked, because the DNS");
                assertFound(direct(failing), topic, Status.NOT_CHECKED, "not checked, because the DNS");
            }
        }
    }
}
