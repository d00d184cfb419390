package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.doctor.FirstLook.Answer;
import org.mailchute.doctor.FirstLook.Door;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.DeadPort;
import org.mailchute.testing.LoopbackDns;
import org.mailchute.testing.Patience;

/** What is seen before there are settings. */
class FirstLookTest {
    private static final List<String> GREETINGS = List.of("Microsoft ESMTP MAIL Service");
    private static final String INCLUDE = "spf.protection.outlook.com";

    @TempDir
    Path folder;

    private static FirstLook look(LoopbackDns dns, Optional<Path> trust, Duration timeout) {
        return new FirstLook(
                new Zone(dns.resolver(), timeout),
                new RenewedTls(trust, Optional.empty(), Clock.systemUTC()),
                Optional.empty(),
                timeout);
    }

    @Test
    void aDomainIsKnownByItsMxHostsAndItsSpfRecord() throws Exception {
        try (LoopbackDns dns = Records.healthy()) {
            FirstLook look = look(dns, Optional.empty(), Patience.LONGEST);
            assertThat(look.mail("contoso.example", INCLUDE, Optional.of("203.0.113.9")))
                    .isEqualTo(new FirstLook.Mail(
                            List.of("contoso-example.mail.protection.outlook.com"),
                            Optional.empty(),
                            Optional.empty()));
            assertThat(look.mail("contoso.example", INCLUDE, Optional.of("198.51.100.1"))
                            .spf())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("without 198.51.100.1"));
            assertThat(look.mail("nobody.example", INCLUDE, Optional.empty()).mx())
                    .isEmpty();
        }
    }

    @Test
    void aDnsThatIsSilentIsNotWaitedForAgain() throws Exception {
        try (LoopbackDns dns = new LoopbackDns()) {
            dns.silent(true);
            FirstLook look = look(dns, Optional.empty(), Clinic.SHORT);
            assertThat(look.mail("contoso.example", INCLUDE, Optional.empty()).unknown())
                    .contains("the DNS gave no answer within 300 ms");
            assertThat(look.mail("contoso.example", INCLUDE, Optional.empty()).unknown())
                    .contains("the DNS is silent");
        }
    }

    @Test
    void aServerIsOpenWhereItAnswersAsItself() throws Exception {
        Certificates certificates = new Certificates();
        var tls = certificates.serving(certificates.server("localhost", "127.0.0.1"));
        HttpsServer graph = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        graph.setHttpsConfigurator(new HttpsConfigurator(tls));
        graph.start();
        try (LoopbackDns dns = new LoopbackDns();
                ShamServer smtp = new ShamServer(tls);
                ShamServer other = new ShamServer(tls).greeting("220 firewall.example ESMTP");
                DeadPort closed = new DeadPort()) {
            List<Answer> answers = look(dns, Optional.of(certificates.trustFile(folder)), Patience.LONGEST)
                    .knock(List.of(
                            new Door("127.0.0.1", smtp.port(), GREETINGS),
                            new Door("127.0.0.1", other.port(), GREETINGS),
                            new Door("127.0.0.1", closed.number(), GREETINGS),
                            new Door("localhost", graph.getAddress().getPort(), List.of()),
                            new Door("localhost", closed.number(), List.of())));

            assertThat(answers).extracting(Answer::open).containsExactly(true, false, false, true, false);
            assertThat(answers.get(1).seen())
                    .isEqualTo(
                            "another server answers, a firewall or the provider catches SMTP: 220 firewall.example ESMTP");
            assertThat(answers.get(2).seen()).startsWith("no answer: Connection refused");
        } finally {
            graph.stop(0);
        }
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForForLong() throws Exception {
        try (LoopbackDns dns = new LoopbackDns();
                ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            assertThat(look(dns, Optional.empty(), Clinic.SHORT)
                            .knock(List.of(
                                    new Door("127.0.0.1", silent.getLocalPort(), GREETINGS),
                                    new Door("127.0.0.1", silent.getLocalPort(), List.of()))))
                    .noneMatch(Answer::open);
        }
    }
}
