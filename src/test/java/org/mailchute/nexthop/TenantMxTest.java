package org.mailchute.nexthop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailchute.testing.LoopbackDns;
import org.mailchute.testing.Patience;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

class TenantMxTest {
    private static MXRecord mx(int preference, String host) throws Exception {
        return new MXRecord(Name.fromString("contoso.com."), DClass.IN, 0, preference, Name.fromString(host + "."));
    }

    private static TenantMx asking(LoopbackDns dns) {
        return asking(dns, Patience.LONGEST);
    }

    private static TenantMx asking(LoopbackDns dns, Duration timeout) {
        MxLookup lookup = new MxLookup(dns.resolver(), timeout);
        return new TenantMx(lookup, "contoso.com", host -> host.endsWith(".mx.microsoft"));
    }

    @Test
    void onlyMicrosoftsHostsAreUsedThePreferredFirst() throws Exception {
        try (LoopbackDns dns = new LoopbackDns()
                .knows(mx(20, "b.k-v1.mx.microsoft"), mx(5, "filter.example"), mx(10, "a.k-v1.mx.microsoft"))) {
            assertThat(asking(dns).get())
                    .isEqualTo(new MxAnswer.Hosts(List.of("a.k-v1.mx.microsoft", "b.k-v1.mx.microsoft")));
        }
    }

    @Test
    void otherHostsThanMicrosoftsAreNamed() throws Exception {
        try (LoopbackDns dns = new LoopbackDns().knows(mx(10, "mx.filter.example"))) {
            assertThat(asking(dns).get()).isEqualTo(new MxAnswer.Elsewhere(List.of("mx.filter.example")));
        }
    }

    @Test
    void whileTheDnsIsAwayTheLastGoodAnswerStands() throws Exception {
        try (LoopbackDns dns = new LoopbackDns().knows(mx(10, "a.k-v1.mx.microsoft"))) {
            TenantMx mx = asking(dns);
            MxAnswer good = mx.get();
            dns.fails(Name.fromString("contoso.com."), Rcode.SERVFAIL);

            assertThat(good).isInstanceOf(MxAnswer.Hosts.class);
            assertThat(mx.get()).isEqualTo(good);
        }
    }

    @Test
    void aDnsThatIsAwayFromTheStartIsToldAsThat() throws Exception {
        try (LoopbackDns dns = new LoopbackDns()) {
            dns.silent(true);
            assertThat(asking(dns, Duration.ofMillis(100)).get()).isInstanceOf(MxAnswer.Unknown.class);
        }
    }
}
