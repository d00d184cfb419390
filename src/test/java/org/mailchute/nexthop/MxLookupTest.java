package org.mailchute.nexthop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailchute.testing.LoopbackDns;
import org.mailchute.testing.Patience;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

class MxLookupTest {
    private static final Name CONTOSO = Name.fromConstantString("contoso.com.");
    private LoopbackDns dns;
    private MxLookup lookup;

    @BeforeEach
    void start() throws IOException {
        dns = new LoopbackDns();
        lookup = new MxLookup(dns.resolver(), Patience.LONGEST);
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void theHostsComeInOrderOfPreference() {
        dns.knows(mx(20, "backup.contoso.com.", 300), mx(0, "contoso-com.mail.protection.outlook.com.", 300));
        dns.knows(mx(10, "second.contoso.com.", 300));
        assertThat(lookup.lookup("contoso.com"))
                .isEqualTo(
                        hosts("contoso-com.mail.protection.outlook.com", "second.contoso.com", "backup.contoso.com"));
    }

    @Test
    void aDomainWithoutAnMxRecordIsItsOwnMailHost() throws IOException {
        dns.knows(new ARecord(CONTOSO, DClass.IN, 300, InetAddress.getByName("192.0.2.1")));
        assertThat(lookup.lookup("contoso.com")).isEqualTo(hosts("contoso.com"));
        assertThat(lookup.lookup("contoso.com")).as("from the cache").isEqualTo(hosts("contoso.com"));
        assertThat(dns.questions()).isEqualTo(1);
    }

    @Test
    void anAliasLeadsToTheRecordsOfItsTarget() {
        dns.knows(new CNAMERecord(name("scan.test."), DClass.IN, 300, CONTOSO), mx(0, "mx.contoso.com.", 300));
        assertThat(lookup.lookup("scan.test")).isEqualTo(hosts("mx.contoso.com"));
    }

    @Test
    void aNullMxSaysThatTheDomainTakesNoMail() {
        dns.knows(mx(0, ".", 300));
        assertThat(lookup.lookup("contoso.com")).isEqualTo(new MxAnswer.NullMx());
    }

    @Test
    void aNullMxAmongOthersIsIgnored() {
        dns.knows(mx(0, ".", 300), mx(10, "mx.contoso.com.", 300));
        assertThat(lookup.lookup("contoso.com")).isEqualTo(hosts("mx.contoso.com"));
    }

    @Test
    void aDomainThatIsNotThereIsToldSo() {
        assertThat(lookup.lookup("nowhere.test")).isEqualTo(new MxAnswer.NoSuchDomain());
        assertThat(lookup.lookup("nowhere.test")).as("from the cache").isEqualTo(new MxAnswer.NoSuchDomain());
        assertThat(lookup.lookup("a".repeat(64) + ".test")).isEqualTo(new MxAnswer.NoSuchDomain());
    }

    @Test
    void aServerThatFailsOrIsSilentMeansAskLater() {
        dns.fails(CONTOSO, Rcode.SERVFAIL);
        assertThat(lookup.lookup("contoso.com")).isInstanceOf(MxAnswer.Unknown.class);
        dns.silent(true);
        MxLookup impatient = new MxLookup(dns.resolver(), Duration.ofMillis(100));
        assertThat(impatient.lookup("fabrikam.com"))
                .isEqualTo(new MxAnswer.Unknown("no answer from the DNS within 100 ms"));
    }

    @Test
    void anAnswerIsKeptAsLongAsItsTtlSaysAndThenAskedForAgain() {
        dns.knows(mx(0, "mx.contoso.com.", 86_400));
        for (int i = 0; i < 5; i++) {
            assertThat(lookup.lookup("contoso.com")).isEqualTo(hosts("mx.contoso.com"));
        }
        assertThat(dns.questions()).isEqualTo(1);

        Name brief = name("brief.test.");
        dns.knows(new MXRecord(brief, DClass.IN, 1, 0, name("mx.contoso.com.")));
        await().until(() -> {
            lookup.lookup("brief.test");
            return dns.questions() == 3;
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "DRIPS", "ENDS"})
    void anAnswerThatDoesNotComeWholeInTimeMeansAskLater(TalkativeDns.Way way) throws Exception {
        try (TalkativeDns slow = new TalkativeDns(way, List.of(mx(0, "mx.contoso.com.", 300)))) {
            MxLookup impatient = new MxLookup(slow.resolver(), Duration.ofMillis(300));
            assertThat(impatient.lookup("contoso.com"))
                    .isInstanceOfSatisfying(
                            MxAnswer.Unknown.class,
                            unknown -> assertThat(unknown.why())
                                    .hasSizeLessThan(200)
                                    .doesNotContain("\n"));
        }
    }

    @Test
    void ofAnAnswerAtLengthTheMostPreferredHostsAreTaken() throws Exception {
        List<Record> many = IntStream.range(0, 2500)
                .mapToObj(i -> (Record) mx(2500 - i, "mx-" + i + ".contoso.com.", 300))
                .toList();
        try (TalkativeDns dns = new TalkativeDns(TalkativeDns.Way.WHOLE, many)) {
            assertThat(new MxLookup(dns.resolver(), Patience.LONGEST).lookup("contoso.com"))
                    .isInstanceOfSatisfying(
                            MxAnswer.Hosts.class,
                            hosts -> assertThat(hosts.names())
                                    .hasSize(MxLookup.MOST_HOSTS)
                                    .startsWith("mx-2499.contoso.com"));
        }
    }

    private static MXRecord mx(int preference, String host, long ttl) {
        return new MXRecord(CONTOSO, DClass.IN, ttl, preference, name(host));
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }

    private static MxAnswer hosts(String... names) {
        return new MxAnswer.Hosts(List.of(names));
    }
}
