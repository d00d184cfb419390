package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.broker.Queues;
import org.mailchute.simulator.Received;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.Patience;

/** The gateway at an Artemis broker on another machine, by URL, TLS and login. */
class BrokerElsewhereTest {
    private static final String LETTER = Letters.letter("%s@fabrikam.example");

    /** A new broker: nothing set up for Mailchute but that its user may do all. */
    private static final String BARE = """
            <core xmlns="urn:activemq:core"><name>bare</name><security-settings><security-setting match="#">\
            <permission type="createAddress" roles="mailchute"/><permission type="createDurableQueue" roles="mailchute"/>\
            <permission type="createNonDurableQueue" roles="mailchute"/><permission type="deleteNonDurableQueue" roles="mailchute"/><permission type="deleteAddress" roles="mailchute"/><permission type="send" roles="mailchute"/>\
            <permission type="consume" roles="mailchute"/><permission type="browse" roles="mailchute"/>\
            <permission type="manage" roles="mailchute"/></security-setting></security-settings></core>""";

    @SuppressWarnings("NullAway.Init") // set before each test
    private Certificates authority;

    @SuppressWarnings("NullAway.Init") // set before each test
    private OtherMachine machine;

    @RegisterExtension
    final Town town = new Town();

    @BeforeEach
    void open() throws Exception {
        authority = new Certificates();
        machine = OtherMachine.prepared(town.root().resolve("other"), authority);
        town.withBroker(broker("gateway-secret"));
    }

    @AfterEach
    void close() throws Exception {
        town.stop();
        machine.close();
    }

    private String broker(String password) throws Exception {
        return "url: \"tcp://localhost:%d\", user: gateway, password: \"${file:%s}\", trust: \"%s\""
                .formatted(
                        machine.port(),
                        Files.writeString(town.root().resolve("password"), password),
                        authority.trustFile(town.root()));
    }

    private JMSContext application() throws Exception {
        return new ActiveMQConnectionFactory("tcp://localhost:" + machine.port()
                        + "?sslEnabled=true;trustStoreType=PKCS12;trustStorePassword=secret;trustStorePath="
                        + authority.trustStore(town.root(), "secret"))
                .createContext("billing", "billing-secret");
    }

    @Test
    void scansAndRequestsPassThroughABrokerSetUpAsTheFragmentSaysWithNoWarningButOfItsVersion() throws Exception {
        machine.start();
        try (LogLines log = LogLines.of("org.mailchute.broker.ArtemisElsewhere")) {
            town.start();
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("is Artemis 2.55.0", "update it to Artemis 2.57");
        }
        town.scan("scans", "one.txt", "scanned");
        try (JMSContext application = application()) {
            var answers = application.createTemporaryQueue();
            Message request = application.createTextMessage(LETTER.formatted("buyer"));
            request.setJMSReplyTo(answers);
            application.createProducer().send(application.createQueue("mail.requests"), request);
            Message answer = application.createConsumer(answers).receive(Patience.MILLIS);
            assertThat(Objects.requireNonNull(answer, "no answer").getBody(String.class))
                    .containsIgnoringCase("\"received\"");
            assertThatThrownBy(() -> application
                            .createConsumer(application.createQueue(Queues.EVENTS))
                            .receive(Patience.MILLIS))
                    .isInstanceOf(JMSRuntimeException.class);
        }

        assertThat(town.awaitReceived(2))
                .flatExtracting(Received::recipients)
                .containsExactlyInAnyOrder("anna@contoso.example", "buyer@fabrikam.example");
        await("none waits").until(() -> town.gateway().waiting("direct") == 0);
    }

    @Test
    void deliveriesOfAHeldLaneAreCountedAndLeaveWhenItIsReleased() throws Exception {
        machine.start();
        town.start();
        assertThat(town.command("lanes", "hold", "mailbox").exitCode()).isZero();
        town.publish(LETTER.formatted("buyer"));
        await("it waits").until(() -> town.gateway().waiting("mailbox") == 1);

        assertThat(town.command("lanes", "release", "mailbox").exitCode()).isZero();

        town.awaitReceived(1);
    }

    @Test
    void nothingIsLostWhenTheBrokerRestarts() throws Exception {
        machine.start();
        town.start();
        try (JMSContext application = application()) {
            IntStream.range(0, 20)
                    .forEach(number -> application
                            .createProducer()
                            .send(application.createQueue("mail.requests"), LETTER.formatted("before" + number)));
        }
        machine.stop();
        machine.start();

        await("all 20")
                .until(() -> town.received().stream()
                                .flatMap((Received mail) -> mail.recipients().stream())
                                .distinct()
                                .count()
                        == 20);
    }

    /** Its claim waits in the spool; within half a minute it is taken up again. */
    @Test
    @Tag("nightly")
    void aScanOfTheTimeWithoutABrokerIsSentWhenItIsBack() throws Exception {
        machine.start();
        town.start();
        machine.stop();
        town.scan("scans", "meanwhile.txt", "scanned");
        await("claimed").until(() -> !Files.exists(town.folder("scans").resolve("meanwhile.txt")));
        machine.start();

        await("mail").until(() -> town.received().size() == 1);
    }

    @Test
    void aWrongPasswordIsToldInOneLine() throws Exception {
        machine.start();
        town.withBroker(broker("wrong"));

        Town.Ran run = town.command("run");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("mailchute: the broker at localhost:" + machine.port() + " refuses the user gateway")
                .endsWith("mend broker.user, broker.password or the user's permissions\n")
                .hasLineCount(1);
        assertThat(run.err()).doesNotContain("wrong");
    }

    @Test
    void aCertificateOfAnAuthorityThatIsNotTrustedIsToldInOneLine() throws Exception {
        machine.start();
        Path other =
                new Certificates().trustFile(Files.createDirectories(town.root().resolve("else")));
        town.withBroker(broker("gateway-secret").replaceFirst("trust: .*", "trust: \"" + other + "\""));

        Town.Ran run = town.command("run");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("mailchute: the broker at localhost:" + machine.port()
                        + " cannot be used: its certificate is not trusted")
                .contains("broker.trust")
                .hasLineCount(1);
    }

    @Test
    void aBrokerThatIsNotThereIsToldInOneLine() throws Exception {
        Town.Ran run = town.command("run");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(
                        "mailchute: the broker at localhost:" + machine.port() + " cannot be used: Connection refused")
                .hasLineCount(1);
    }

    @Test
    void aBrokerThatWouldLoseMailIsWarnedOfWithTheRemedy() throws Exception {
        try (OtherMachine bare = new OtherMachine(town.root().resolve("bare"), authority, BARE).start();
                LogLines log = LogLines.of("org.mailchute.broker.ArtemisElsewhere")) {
            town.withBroker(broker("gateway-secret").replace(":" + machine.port(), ":" + bare.port()))
                    .start();
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("dead letter address for mailchute.# is none")
                            && line.endsWith("paste deploy/artemis/mailchute.xml into its broker.xml"))
                    .anyMatch(line -> line.contains("without a wait"))
                    .anyMatch(line -> line.contains("keeps in memory what waits"))
                    .anyMatch(line -> line.contains("gives up what waits"));
            town.stop();
        }
    }

    @Test
    void aSecondGatewayAtTheSameBrokerIsRefused() throws Exception {
        machine.start();
        town.start();
        try (Town second = new Town()) {
            second.withBroker(broker("gateway-secret"));
            assertThatThrownBy(second::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("this broker belongs to the gateway gateway.contoso.example already")
                    .hasMessageContaining("mailchute.owner");
        }
        town.stop();
        town.start(); // its own broker is still its own
    }
}
