package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.broker.Queues;
import org.mailchute.simulator.Received;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.DeadPort;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.Patience;

/** The gateway at an Artemis broker on another machine, by URL, TLS and login; both are the same for all tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerElsewhereTest {
    private static final String LETTER = Letters.letter("%s@fabrikam.example");

    /** A new broker: nothing set up for Mailchute but that its user may do all. */
    private static final String BARE = """
            <core xmlns="urn:activemq:core"><name>bare</name><security-settings><security-setting match="#">\
            <permission type="createAddress" roles="mailchute"/><permission type="createDurableQueue" roles="mailchute"/>\
            <permission type="createNonDurableQueue" roles="mailchute"/><permission type="deleteNonDurableQueue" roles="mailchute"/><permission type="deleteAddress" roles="mailchute"/><permission type="send" roles="mailchute"/>\
            <permission type="consume" roles="mailchute"/><permission type="browse" roles="mailchute"/>\
            <permission type="manage" roles="mailchute"/></security-setting></security-settings></core>""";

    @RegisterExtension
    final Town town = new Town();

    private final Certificates authority = new Certificates();
    private final OtherMachine machine = OtherMachine.prepared(town.root().resolve("other"), authority);
    private final String own = broker(machine.port(), "gateway-secret");
    private final Path store = authority.trustStore(town.root(), "secret");

    @SuppressWarnings("NullAway.Init") // start()
    private List<String> started;

    BrokerElsewhereTest() throws Exception {}

    @BeforeAll
    void start() throws Exception {
        machine.start();
        try (LogLines log = LogLines.of("org.mailchute.broker.ArtemisElsewhere")) {
            town.withBroker(own).start();
            started = log.lines();
        }
    }

    @AfterAll
    void close() throws Exception {
        town.stop();
        machine.close();
    }

    private String broker(int port, String password) throws Exception {
        return "url: \"tcp://localhost:%d\", user: gateway, password: \"${file:%s}\", trust: \"%s\""
                .formatted(
                        port,
                        Files.writeString(town.root().resolve(password), password),
                        authority.trustFile(town.root()));
    }

    /** Of a gateway with another home. */
    private Path settings(String broker) throws Exception {
        String other = Files.readString(town.settings())
                .replace(own, broker)
                .replace(town.home().toString(), town.folder("else").toString());
        return Files.writeString(town.root().resolve("else.yaml"), other);
    }

    private Town.Ran run(String broker) throws Exception {
        return Town.commandWith(settings(broker), "run");
    }

    private JMSContext application() {
        return new ActiveMQConnectionFactory("tcp://localhost:" + machine.port()
                        + "?sslEnabled=true;trustStoreType=PKCS12;trustStorePassword=secret;trustStorePath=" + store)
                .createContext("billing", "billing-secret");
    }

    private List<String> recipients() {
        return town.received().stream()
                .flatMap((Received mail) -> mail.recipients().stream())
                .toList();
    }

    @Test
    void scansAndRequestsPassThroughABrokerSetUpAsTheFragmentSaysWithNoWarningButOfItsVersion() throws Exception {
        assertThat(started)
                .filteredOn(line -> line.startsWith("WARN"))
                .singleElement()
                .asString()
                .contains("is Artemis 2.55.0", "update it to Artemis 2.57");
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

        await("both").until(() -> recipients().containsAll(List.of("anna@contoso.example", "buyer@fabrikam.example")));
        await("none waits").until(() -> town.gateway().waiting("direct") == 0);
    }

    @Test
    void deliveriesOfAHeldLaneAreCountedAndLeaveWhenItIsReleased() throws Exception {
        assertThat(town.command("lanes", "hold", "mailbox").exitCode()).isZero();
        town.publish(LETTER.formatted("held"));
        await("it waits").until(() -> town.gateway().waiting("mailbox") == 1);

        assertThat(town.command("lanes", "release", "mailbox").exitCode()).isZero();

        await("mail").until(() -> recipients().contains("held@fabrikam.example"));
    }

    @Test
    void whileTheBrokerIsAwayItIsNotReadyAndNothingIsLost() throws Exception {
        try (JMSContext application = application()) {
            IntStream.range(0, 20)
                    .forEach(number -> application
                            .createProducer()
                            .send(application.createQueue("mail.requests"), LETTER.formatted("before" + number)));
        }
        machine.stop();
        await("not ready").until(() -> town.ready().startsWith("503 not ready: the broker cannot be reached ("));
        assertThat(town.command("dead", "list").err()).contains("the broker cannot be asked now: ");
        assertThat(town.metrics()).contains("mailchute_broker_up 0.0");
        machine.start();

        await("ready").until(() -> town.ready().equals("200 ready\n"));
        assertThat(town.metrics()).contains("mailchute_broker_up 1.0");
        await("all 20")
                .until(() -> recipients().stream()
                                .filter(to -> to.startsWith("before"))
                                .distinct()
                                .count()
                        == 20);
    }

    /** Its claim waits in the spool; within half a minute it is taken up again. */
    @Test
    @Tag("nightly")
    void aScanOfTheTimeWithoutABrokerIsSentWhenItIsBack() throws Exception {
        machine.stop();
        town.scan("scans", "meanwhile.txt", "scanned");
        await("claimed").until(() -> !Files.exists(town.folder("scans").resolve("meanwhile.txt")));
        machine.start();

        await("mail")
                .until(() -> town.received().stream()
                        .anyMatch(mail -> Letters.text(mail).contains("meanwhile.txt")));
    }

    @Test
    void aWrongPasswordIsToldInOneLine() throws Exception {
        Town.Ran run = run(broker(machine.port(), "wrong"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("mailchute: the broker at localhost:" + machine.port() + " refuses the user gateway")
                .endsWith("mend broker.user, broker.password or the user's permissions\n")
                .hasLineCount(1);
        assertThat(run.err()).doesNotContain("wrong");
    }

    @Test
    void aCertificateOfAnAuthorityThatIsNotTrustedIsToldInOneLine() throws Exception {
        Path other = new Certificates().trustFile(town.folder("others"));

        Town.Ran run = run(own.replaceFirst("trust: .*", "trust: \"" + other + "\""));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("mailchute: the broker at localhost:" + machine.port()
                        + " cannot be used: its certificate is not trusted")
                .contains("broker.trust")
                .hasLineCount(1);
    }

    @Test
    void aBrokerThatIsNotThereIsToldInOneLine() throws Exception {
        try (DeadPort nobody = new DeadPort()) {
            Town.Ran run = run(broker(nobody.number(), "gateway-secret"));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("mailchute: the broker at localhost:" + nobody.number()
                            + " cannot be used: Connection refused")
                    .hasLineCount(1);
        }
    }

    @Test
    void aBrokerThatWouldLoseMailIsWarnedOfWithTheRemedy() throws Exception {
        try (OtherMachine bare = new OtherMachine(town.root().resolve("bare"), authority, BARE).start();
                LogLines log = LogLines.of("org.mailchute.broker.ArtemisElsewhere");
                RunningGateway gateway = RunningGateway.start(settings(broker(bare.port(), "gateway-secret")))) {
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("dead letter address for mailchute.# is none")
                            && line.endsWith("paste deploy/artemis/mailchute.xml into its broker.xml"))
                    .anyMatch(line -> line.contains("without a wait"))
                    .anyMatch(line -> line.contains("keeps in memory what waits"))
                    .anyMatch(line -> line.contains("gives up what waits"));
        }
    }

    @Test
    void aSecondGatewayAtTheSameBrokerIsRefused() throws Exception {
        assertThat(run(own).err())
                .startsWith("mailchute: this broker belongs to the gateway gateway.contoso.example already")
                .contains("mailchute.owner");
        assertThat(town.command("run").err())
                .startsWith(
                        "mailchute: gateway.home: " + town.home() + " cannot be locked (this process has it already)");
        town.stop();
        town.start(); // its own broker is still its own
    }
}
