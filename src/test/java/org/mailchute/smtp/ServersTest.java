package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailchute.nexthop.MxAnswer;
import org.mailchute.reply.Stage;
import org.mailchute.smtp.Servers.NotFound;
import org.mailchute.smtp.Servers.Server;
import org.mailchute.testing.DeadPort;
import org.mailchute.testing.MovableClock;

class ServersTest {
    private final MovableClock clock = new MovableClock();

    private static Servers at(String... literals) throws UnknownHostException {
        List<Server> servers = new ArrayList<>();
        for (String literal : literals) {
            servers.add(new Server("mail.contoso.com", InetAddress.getByName(literal)));
        }
        return () -> servers;
    }

    @Test
    void theNextAddressIsTriedWhenNobodyListensAtTheFirst() throws Exception {
        Servers two = at("127.0.0.2", "127.0.0.1");
        try (ScriptedServer server = new ScriptedServer(dialogue -> {
            dialogue.greet();
            dialogue.accept();
        })) {
            SmtpPeer peer = TestPeer.at(two, server.port());
            try (SessionPool pool = new SessionPool(peer, clock, () -> 1)) {
                List<RecipientReply> replies =
                        TestPeer.send(pool, TestPeer.to("ann@contoso.com"), TestPeer.message("hello"));
                assertThat(replies.get(0).reply().code()).isEqualTo(250);
            }
            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void aServerThatAnswersAndRefusesIsNotAskedAtItsOtherAddress() throws Exception {
        Servers twice = at("127.0.0.1", "127.0.0.1");
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
    void iPv4IsTriedFirstWhateverTheNameServerSaysFirst() throws Exception {
        InetAddress six = InetAddress.getByName("2001:db8::25");
        InetAddress four = InetAddress.getByName("203.0.113.25");
        InetAddress next = InetAddress.getByName("203.0.113.7");

        assertThat(Servers.ordered(Stream.of(six, four, next), false)).containsExactly(four, next, six);
        assertThat(Servers.ordered(Stream.of(six, four, next), true)).containsExactly(four, next);
    }

    @Test
    void whenNoAddressAnswersTheLastFaultIsTold() throws Exception {
        Servers deaf = at("127.0.0.2", "127.0.0.3");
        try (DeadPort port = new DeadPort()) {
            assertThatThrownBy(() -> KeptSession.open(TestPeer.at(deaf, port.number()), clock))
                    .isInstanceOfSatisfying(SessionFault.class, fault -> {
                        assertThat(fault.stage()).isEqualTo(Stage.CONNECT);
                        assertThat(fault.reply().text())
                                .startsWith("no connection to mail.contoso.com:" + port.number());
                    });
        }
    }

    @Test
    void ipv4MeansIpv4Only() throws Exception {
        assertThat(Servers.of("localhost", true).find())
                .isNotEmpty()
                .allSatisfy(server -> assertThat(server.address()).isInstanceOf(Inet4Address.class));
        assertThatThrownBy(() -> Servers.of("::1", true).find())
                .isInstanceOfSatisfying(
                        NotFound.class, e -> assertThat(e.stage()).isEqualTo(Stage.CONNECT))
                .hasMessage("no IPv4 address known for ::1");
    }

    @Test
    void mxHostsAreTriedInTheOrderOfTheDns() throws Exception {
        Servers mx = Servers.mx("contoso.com", () -> new MxAnswer.Hosts(List.of("127.0.0.3", "127.0.0.2")), true);

        assertThat(mx.find()).extracting(Server::name).containsExactly("127.0.0.3", "127.0.0.2");
    }

    @Test
    void anMxElsewhereIsForAPersonAndADnsThatIsAwayIsNot() {
        Servers elsewhere = Servers.mx("contoso.com", () -> new MxAnswer.Elsewhere(List.of("mx.filter.example")), true);
        Servers away = Servers.mx("contoso.com", () -> new MxAnswer.Unknown("no answer"), true);

        assertThatThrownBy(elsewhere::find)
                .isInstanceOfSatisfying(
                        NotFound.class, e -> assertThat(e.stage()).isEqualTo(Stage.LOOKUP))
                .hasMessageStartingWith(
                        "the MX hosts of contoso.com are not Microsoft 365's but mx.filter.example; Set");
        assertThatThrownBy(away::find)
                .isInstanceOfSatisfying(
                        NotFound.class, e -> assertThat(e.stage()).isEqualTo(Stage.CONNECT));
    }
}
