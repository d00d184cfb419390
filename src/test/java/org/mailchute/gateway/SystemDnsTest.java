package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.nexthop.MxAnswer;
import org.mailchute.nexthop.MxLookup;
import org.mailchute.testing.LoopbackDns;
import org.mailchute.testing.Patience;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;

class SystemDnsTest {
    private static final Name CONTOSO = Name.fromConstantString("contoso.com.");

    private LoopbackDns first;
    private LoopbackDns second;

    @BeforeEach
    void start() throws IOException {
        first = new LoopbackDns();
        second = new LoopbackDns()
                .knows(new MXRecord(CONTOSO, DClass.IN, 300, 10, Name.fromConstantString("mx.contoso.com.")));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private MxAnswer lookup() {
        List<InetSocketAddress> both = Stream.of(first, second)
                .map(dns -> ((SimpleResolver) dns.resolver()).getAddress())
                .toList();
        return new MxLookup(SystemDns.of(both), Patience.LONGEST).lookup("contoso.com");
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP})
    void whereOneServerCannotAnswerTheNextIsAsked(int rcode) {
        first.fails(CONTOSO, rcode);
        assertThat(lookup()).isEqualTo(new MxAnswer.Hosts(List.of("mx.contoso.com")));
    }

    @Test
    void thatThereIsNoSuchDomainIsAnAnswer() {
        assertThat(lookup()).isEqualTo(new MxAnswer.NoSuchDomain());
        assertThat(second.questions()).isZero();
    }

    @Test
    void whereNoneCanTheReasonIsTold() {
        first.fails(CONTOSO, Rcode.SERVFAIL);
        second.fails(CONTOSO, Rcode.REFUSED);
        assertThat(lookup())
                .isInstanceOfSatisfying(
                        MxAnswer.Unknown.class,
                        unknown -> assertThat(unknown.why()).containsAnyOf("says SERVFAIL", "says REFUSED"));
    }
}
