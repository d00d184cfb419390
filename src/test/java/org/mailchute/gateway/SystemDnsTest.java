package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
import org.xbill.DNS.Resolver;
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
        return lookup(SystemDns.of(() -> addresses(first, second)));
    }

    private static MxAnswer lookup(Resolver dns) {
        return new MxLookup(dns, Patience.LONGEST).lookup("contoso.com");
    }

    private static List<InetSocketAddress> addresses(LoopbackDns... servers) {
        return Stream.of(servers)
                .map(dns -> ((SimpleResolver) dns.resolver()).getAddress())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR})
    void whereOneServerCannotAnswerTheNextIsAsked(int rcode) {
        first.fails(CONTOSO, rcode);
        assertThat(lookup()).isEqualTo(new MxAnswer.Hosts(List.of("mx.contoso.com")));
    }

    /** Of a link-local one whose interface is not there. */
    @Test
    void whereOneServerHasNoAddressTheNextIsAsked() {
        List<InetSocketAddress> named = new ArrayList<>(addresses(second));
        named.add(0, InetSocketAddress.createUnresolved("fe80::1%eth9", SimpleResolver.DEFAULT_PORT));
        assertThat(lookup(SystemDns.of(() -> named))).isEqualTo(new MxAnswer.Hosts(List.of("mx.contoso.com")));
    }

    @Test
    void whereNoneHasAnAddressThatIsTold() {
        InetSocketAddress none = InetSocketAddress.createUnresolved("fe80::1%eth9", SimpleResolver.DEFAULT_PORT);
        assertThat(lookup(SystemDns.of(() -> List.of(none))))
                .isInstanceOfSatisfying(
                        MxAnswer.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("fe80::1%eth9"));
    }

    /** RFC 6891 section 7 has the first, RFC 2671 section 5.3 all of them. */
    @ParameterizedTest
    @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP, Rcode.SERVFAIL})
    void aServerThatKnowsNoEdnsIsAskedWithout(int rcode) {
        second.knowsNoEdns(rcode);
        assertThat(lookup(SystemDns.of(() -> addresses(second))))
                .isEqualTo(new MxAnswer.Hosts(List.of("mx.contoso.com")));
    }

    @Test
    void thatThereIsNoSuchDomainIsAnAnswer() {
        assertThat(lookup()).isEqualTo(new MxAnswer.NoSuchDomain());
        assertThat(second.questions()).isZero();
    }

    @Test
    void whereNoneCanAnswerThoseAreAskedThatTheMachineNamesByNow() throws IOException {
        first.fails(CONTOSO, Rcode.REFUSED);
        AtomicReference<List<InetSocketAddress>> named = new AtomicReference<>(addresses(first));
        Resolver dns = SystemDns.of(named::get);
        assertThat(lookup(dns)).isInstanceOf(MxAnswer.Unknown.class);

        named.set(addresses(second));

        assertThat(lookup(dns)).isEqualTo(new MxAnswer.Hosts(List.of("mx.contoso.com")));
        int asked = first.questions();
        assertThat(lookup(dns)).isEqualTo(new MxAnswer.Hosts(List.of("mx.contoso.com")));
        assertThat(first.questions()).as("it is forgotten").isEqualTo(asked);
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
