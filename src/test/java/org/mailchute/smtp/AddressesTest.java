package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailchute.reply.Stage;
import org.mailchute.testing.MovableClock;

class AddressesTest {
    private final MovableClock clock = new MovableClock();

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @Test
    void theNextAddressIsTriedWhenNobodyListensAtTheFirst() throws Exception {
        Addresses two = host -> List.of(address("127.0.0.2"), address("127.0.0.1"));
        try (ScriptedServer server = new ScriptedServer(dialogue -> {
            dialogue.greet();
            dialogue.accept();
        })) {
            SmtpPeer peer = TestPeer.at(two, server.port());
            try (SessionPool pool = new SessionPool(peer, clock, () -> 1)) {
                List<RecipientReply> replies = pool.send(TestPeer.to("ann@contoso.com"), TestPeer.message("hello"));
                assertThat(replies.get(0).reply().code()).isEqualTo(250);
            }
            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void aServerThatAnswersAndRefusesIsNotAskedAtItsOtherAddress() throws Exception {
        Addresses twice = host -> List.of(address("127.0.0.1"), address("127.0.0.1"));
        try (ScriptedServer server = new ScriptedServer(
                dialogue -> dialogue.say("554 5.7.1 no"), dialogue -> dialogue.say("554 5.7.1 a second time"))) {
            assertThatThrownBy(() -> KeptSession.open(TestPeer.at(twice, server.port()), clock))
                    .isInstanceOfSatisfying(SessionFault.class, fault -> {
                        assertThat(fault.stage()).isEqualTo(Stage.GREETING);
                        assertThat(fault.reply().text()).isEqualTo("5.7.1 no");
                    });
        }
    }

    @Test
    void whenNoAddressAnswersTheLastFaultIsTold() throws Exception {
        Addresses deaf = host -> List.of(address("127.0.0.2"), address("127.0.0.3"));
        int port;
        try (ScriptedServer server = new ScriptedServer()) {
            port = server.port();
        }
        assertThatThrownBy(() -> KeptSession.open(TestPeer.at(deaf, port), clock))
                .isInstanceOfSatisfying(SessionFault.class, fault -> {
                    assertThat(fault.stage()).isEqualTo(Stage.CONNECT);
                    assertThat(fault.reply().text()).startsWith("no connection to mail.contoso.com:" + port);
                });
    }

    @Test
    void ipv4MeansIpv4Only() throws Exception {
        assertThat(Addresses.IPV4.of("localhost")).isNotEmpty().allMatch(Inet4Address.class::isInstance);
        assertThatThrownBy(() -> Addresses.IPV4.of("::1"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("::1 has no IPv4 address");
    }
}
