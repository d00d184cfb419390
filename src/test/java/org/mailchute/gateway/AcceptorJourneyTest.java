package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.X509Bundle;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Message;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.policy.JmsDefaultMessageIDPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.broker.Queues;
import org.mailchute.door.ClosedPort;
import org.mailchute.simulator.Received;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.Patience;

/** Applications outside of the gateway's process, at the embedded broker's port: by TLS, with a login, and no further than allowed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptorJourneyTest {
    private static final String LETTER = Letters.letter("%s@fabrikam.example");

    /** The two ways to the broker: Artemis' own protocol, and AMQP 1.0 as any other client speaks it. */
    enum Way {
        CORE {
            @Override
            ConnectionFactory to(int port, Path trust) {
                return new ActiveMQConnectionFactory("tcp://localhost:" + port
                        + "?sslEnabled=true;trustStoreType=PKCS12;trustStorePassword=secret;trustStorePath=" + trust);
            }
        },
        AMQP {
            @Override
            ConnectionFactory to(int port, Path trust) {
                return new JmsConnectionFactory("amqps://localhost:" + port
                        + "?transport.trustStoreType=PKCS12&transport.trustStorePassword=secret"
                        + "&transport.trustStoreLocation=" + trust);
            }
        };

        abstract ConnectionFactory to(int port, Path trust);

        /** One of its own: the tests of a class share a town. */
        String recipient(String test) {
            return test + "-" + name().toLowerCase(Locale.ROOT);
        }
    }

    @RegisterExtension
    final Town town = new Town();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path trust;

    @BeforeAll
    void open() throws Exception {
        Certificates authority = new Certificates();
        X509Bundle own = authority.server("localhost", "127.0.0.1");
        trust = authority.trustStore(town.root(), "secret");
        Path chain = Files.writeString(town.root().resolve("broker.pem"), own.getCertificatePEM());
        Path key = Files.writeString(town.root().resolve("broker-key.pem"), own.getPrivateKeyPEM());
        Path password = Files.writeString(town.root().resolve("password"), "kX9-billing");
        Path other = Files.writeString(town.root().resolve("other"), "kX9-payroll");
        town.withIntake(
                        "    - {name: payroll, queue: payroll.requests, from: scanner@contoso.example, answers: \"topic:payroll.events\"}\n")
                .withBroker("""
                        accept: {port: 0, certificate: {chain: "%s", key: "%s"}, protocols: [core, amqp], maxMessageSize: 2MB, users: [\
                        {name: billing, password: "${file:%s}", maySend: mail.requests, mayRead: [billing.answers]}, \
                        {name: payroll, password: "${file:%s}", maySend: [payroll.requests, mail.requests], mayRead: payroll.events}]}\
                        """.formatted(chain, key, password, other))
                .start();
    }

    private JMSContext billing(Way way) {
        return way.to(town.gateway().brokerPort(), trust).createContext("billing", "kX9-billing");
    }

    private JMSContext payroll(Way way) {
        return way.to(town.gateway().brokerPort(), trust).createContext("payroll", "kX9-payroll");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anApplicationPublishesAndGetsItsAnswerOnATemporaryQueue(Way way) throws Exception {
        String name = way.recipient("buyer");
        try (JMSContext application = billing(way)) {
            var answers = application.createTemporaryQueue();
            Message request = application.createTextMessage(LETTER.formatted(name));
            request.setJMSReplyTo(answers);
            application.createProducer().send(application.createQueue("mail.requests"), request);
            Message answer = application.createConsumer(answers).receive(Patience.MILLIS);
            assertThat(Objects.requireNonNull(answer, "no answer").getBody(String.class))
                    .containsIgnoringCase("\"received\"");
        }
        awaitMailTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UUID", "UUID_STRING", "PREFIXED_UUID_STRING"})
    void anAmqpClientThatSetsAMessageIdAloneHasItInItsAnswers(String form) throws Exception {
        JmsConnectionFactory way =
                (JmsConnectionFactory) Way.AMQP.to(town.gateway().brokerPort(), trust);
        way.setMessageIDPolicy(policy(form));
        try (JMSContext application = way.createContext("billing", "kX9-billing")) {
            var answers = application.createTemporaryQueue();
            Message request = application.createTextMessage(LETTER.formatted("ids"));
            request.setJMSReplyTo(answers);
            application.createProducer().send(application.createQueue("mail.requests"), request);
            Message answer =
                    Objects.requireNonNull(application.createConsumer(answers).receive(Patience.MILLIS), "no answer");
            String set = request.getJMSMessageID().replace("ID:AMQP_NO_PREFIX:", ""); // a mark of JMS alone
            assertThat(answer.getJMSCorrelationID()).isEqualTo(set);
        }
    }

    private static JmsDefaultMessageIDPolicy policy(String form) {
        JmsDefaultMessageIDPolicy policy = new JmsDefaultMessageIDPolicy();
        policy.setMessageIDType(form);
        return policy;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anAnswerHasTheCorrelationIdOfItsRequestWhereThatIsOctets(Way way) throws Exception {
        byte[] octets = {1, 2, (byte) 0xfe, 0};
        try (JMSContext application = billing(way)) {
            var answers = application.createTemporaryQueue();
            Message request = application.createTextMessage(LETTER.formatted("octets"));
            request.setJMSReplyTo(answers);
            request.setJMSCorrelationIDAsBytes(octets);
            application.createProducer().send(application.createQueue("mail.requests"), request);
            Message answer =
                    Objects.requireNonNull(application.createConsumer(answers).receive(Patience.MILLIS), "no answer");
            assertThat(answer.getJMSCorrelationIDAsBytes()).isEqualTo(octets);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void answersWaitInAQueueOfTheApplicationsOwn(Way way) throws Exception {
        try (JMSContext application = billing(way)) {
            var answers = application.createQueue("billing.answers");
            Message request = application.createTextMessage("nonsense");
            request.setJMSReplyTo(answers);
            application.createProducer().send(application.createQueue("mail.requests"), request);
        }
        try (JMSContext later = billing(way)) {
            Message answer =
                    later.createConsumer(later.createQueue("billing.answers")).receive(Patience.MILLIS);
            assertThat(Objects.requireNonNull(answer, "no answer").getBody(String.class))
                    .containsIgnoringCase("\"refused\"");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void answersOnATopicReachThoseWhoMayListen(Way way) throws Exception {
        try (JMSContext application = payroll(way);
                JMSContext other = billing(way)) {
            var listener = application.createConsumer(application.createTopic("payroll.events"));
            application.createProducer().send(application.createQueue("payroll.requests"), "nonsense");
            Message answer = listener.receive(Patience.MILLIS);
            assertThat(Objects.requireNonNull(answer, "no answer").getBody(String.class))
                    .containsIgnoringCase("\"refused\"");
            assertThatThrownBy(() -> other.createConsumer(other.createTopic("payroll.events"))
                            .receive(Patience.MILLIS))
                    .isInstanceOf(JMSRuntimeException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nobodyComesInWithoutThePassword(Way way) {
        ConnectionFactory broker = way.to(town.gateway().brokerPort(), trust);
        for (String[] login : new String[][] {
            {"billing", "wrong"},
            {"billing", ""},
            {"nobody", "kX9-billing"},
            {"mailchute itself", ""},
            {"ACTIVEMQ.CLUSTER.ADMIN.USER", "CHANGE ME!!"}
        }) {
            assertThatThrownBy(() -> {
                        try (JMSContext context = broker.createContext(login[0], login[1])) {
                            context.createQueue("mail.requests");
                            context.start();
                        }
                    })
                    .as(login[0])
                    .isInstanceOf(JMSSecurityRuntimeException.class);
        }
        assertThatThrownBy(() -> {
                    try (JMSContext context = broker.createContext()) {
                        context.start();
                    }
                })
                .isInstanceOf(JMSRuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailchute.events",
                "mailchute.dead-letters",
                "mailchute.undeliverable",
                "mailchute.submission.mailbox",
                "mailchute.direct-send.direct",
                "payroll.requests",
                "activemq.management",
                "activemq.notifications",
                "some.new.queue",
                "payroll.requests::payroll.requests",
                "mail.requests::mailchute.events"
            })
    void anApplicationMayNeitherSendToNorReadWhatIsNotItsOwn(String queue) {
        for (Way way : Way.values()) {
            try (JMSContext application = billing(way)) {
                assertThatThrownBy(() -> application.createProducer().send(application.createQueue(queue), "x"))
                        .as("%s: send to %s", way, queue)
                        .isInstanceOf(JMSRuntimeException.class);
            }
            for (boolean topic : List.of(false, true)) {
                try (JMSContext application = billing(way)) {
                    assertThatThrownBy(() -> {
                                var destination =
                                        topic ? application.createTopic(queue) : application.createQueue(queue);
                                application.createConsumer(destination).receive(Patience.MILLIS);
                            })
                            .as("%s: read %s", way, queue)
                            .isInstanceOf(JMSRuntimeException.class);
                }
            }
            try (JMSContext application = billing(way)) {
                assertThatThrownBy(() -> {
                            application
                                    .createBrowser(application.createQueue(queue))
                                    .getEnumeration()
                                    .hasMoreElements();
                        })
                        .as("%s: browse %s", way, queue)
                        .isInstanceOfAny(JMSRuntimeException.class, jakarta.jms.JMSException.class);
            }
        }
    }

    @Test
    void evenItsOwnRequestsCannotBeReadBack() {
        for (Way way : Way.values()) {
            try (JMSContext application = billing(way)) {
                assertThatThrownBy(() -> application
                                .createConsumer(application.createQueue("mail.requests"))
                                .receive(Patience.MILLIS))
                        .as(way.name())
                        .isInstanceOf(JMSRuntimeException.class);
            }
        }
    }

    /** Mailchute sends answers, and it may write anywhere: a request must not lead it to a lane or another's queue. */
    @ParameterizedTest
    @ValueSource(
            strings = {Queues.EVENTS, Queues.DEAD_LETTERS, "mailchute.direct-send.direct", "mail.requests", "new.queue"
            })
    void answersAreNotSentWhereTheApplicationCouldNotReadThem(String queue) {
        for (Way way : Way.values()) {
            try (JMSContext application = billing(way)) {
                assertThatThrownBy(() -> {
                            Message request = application.createTextMessage(LETTER.formatted("deputy"));
                            request.setJMSReplyTo(application.createQueue(queue));
                            application.createProducer().send(application.createQueue("mail.requests"), request);
                        })
                        .as(way.name())
                        .isInstanceOf(JMSRuntimeException.class)
                        .hasMessageMatching("(?s).*(name a temporary queue of yours|no queue with name).*");
            }
        }
        assertThat(town.received()).flatExtracting(Received::recipients).doesNotContain("deputy@fabrikam.example");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anothersTemporaryQueueCannotBeReadNorNamedForAnswers(Way way) throws Exception {
        try (JMSContext other = payroll(way);
                JMSContext application = billing(way)) {
            String queue = other.createTemporaryQueue().getQueueName();
            assertThatThrownBy(() -> {
                        Message request = application.createTextMessage(LETTER.formatted("deputy"));
                        request.setJMSReplyTo(application.createQueue(queue));
                        application.createProducer().send(application.createQueue("mail.requests"), request);
                    })
                    .isInstanceOf(JMSRuntimeException.class)
                    .hasMessageMatching("(?s).*(name a temporary queue of yours|no queue with name).*");
            assertThatThrownBy(() -> application
                            .createConsumer(application.createQueue(queue))
                            .receive(Patience.MILLIS))
                    .isInstanceOf(JMSRuntimeException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsTooLargeIsRefusedAndLeavesNothingOnDisk(Way way) throws Exception {
        try (JMSContext application = billing(way)) {
            var large = application.createBytesMessage();
            large.writeBytes(new byte[3 << 20]);
            assertThatThrownBy(() -> application.createProducer().send(application.createQueue("mail.requests"), large))
                    .isInstanceOf(JMSRuntimeException.class)
                    .hasMessageContaining("at most 2097152 are taken");
        }
        await("no file left")
                .until(() -> FilesIn.folder(town.home().resolve("broker/large-messages"))
                        .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("P9: a message that is no text and no bytes is refused when it is sent, and holds up nobody's request")
    void whatNoReaderExpectsIsRefusedWhenItIsSent(Way way) throws Exception {
        try (JMSContext application = billing(way)) {
            var queue = application.createQueue("mail.requests");
            var map = application.createMapMessage();
            map.setString("to", "anna@contoso.example");
            for (Message odd :
                    List.of(map, application.createObjectMessage("text"), application.createStreamMessage())) {
                assertThatThrownBy(() -> application.createProducer().send(queue, odd))
                        .isInstanceOf(JMSRuntimeException.class)
                        .hasMessageContaining("a message that is neither text nor bytes");
            }
            application.createProducer().send(queue, LETTER.formatted(way.recipient("kind")));
        }
        awaitMailTo(way.recipient("kind"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("P3: one application's request ids are not another's, though they share a queue")
    void theIdOfAnothersRequestIsFree(Way way) {
        String request = "{\"id\": \"%s\", \"to\": [\"%s@fabrikam.example\"], \"subject\": \"S\", \"text\": \"T\"}";
        try (JMSContext first = billing(way);
                JMSContext second = payroll(way)) {
            for (JMSContext application : List.of(first, second)) {
                String to = way.recipient(application == first ? "first" : "second");
                application
                        .createProducer()
                        .send(application.createQueue("mail.requests"), request.formatted("r-" + way, to));
            }
        }
        awaitMailTo(way.recipient("first"));
        awaitMailTo(way.recipient("second"));
    }

    private void awaitMailTo(String name) {
        await("mail")
                .until(() -> town.received().stream()
                        .flatMap((Received mail) -> mail.recipients().stream())
                        .anyMatch(recipient -> recipient.equals(name + "@fabrikam.example")));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aLargeTextIsTaken(Way way) throws Exception {
        String name = way.recipient("text");
        String request = LETTER.formatted(name).replaceFirst("\\{", "{" + " ".repeat(400_000));
        try (JMSContext application = billing(way)) {
            application.createProducer().send(application.createQueue("mail.requests"), request);
        }
        awaitMailTo(name);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("P9: a property of the broker's own name space is refused")
    void thePropertiesOfTheBrokerAreItsOwn(Way way) throws Exception {
        try (JMSContext application = billing(way)) {
            var request = application.createTextMessage(LETTER.formatted("anna"));
            request.setStringProperty("_AMQ_NOTE", "x");
            assertThatThrownBy(
                            () -> application.createProducer().send(application.createQueue("mail.requests"), request))
                    .isInstanceOf(JMSRuntimeException.class)
                    .hasMessageContaining("the property \"_AMQ_NOTE\": such names are the broker's own");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("P3: the broker drops nobody's request because another has named its duplicate id before")
    void aDuplicateIdOfTheBrokersIsRefusedAndNotDropped(Way way) throws Exception {
        for (JMSContext application : List.of(billing(way), payroll(way))) {
            try (application) {
                var request = application.createTextMessage(LETTER.formatted("anna"));
                request.setStringProperty("_AMQ_DUPL_ID", "one-" + way);
                assertThatThrownBy(() ->
                                application.createProducer().send(application.createQueue("mail.requests"), request))
                        .isInstanceOf(JMSRuntimeException.class)
                        .hasMessageContaining("give the request an id instead");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName(
            "P8: a message for a later time, which the broker would hold in memory, is refused and told of notBefore")
    void aMessageForALaterTimeIsRefused(Way way) throws Exception {
        try (JMSContext application = billing(way)) {
            var producer = application.createProducer().setDeliveryDelay(3_600_000);
            assertThatThrownBy(() -> producer.send(application.createQueue("mail.requests"), LETTER.formatted("anna")))
                    .isInstanceOf(JMSRuntimeException.class)
                    .hasMessageContaining("say notBefore in the request");
        }
    }

    @Test
    void aPortThatIsTakenIsToldInOneLineAndNothingIsLeftRunning() throws Exception {
        try (Town second = new Town()) {
            Path password = Files.writeString(second.root().resolve("password"), "kX9");
            second.withBroker(
                    "accept: {port: %d, users: [{name: billing, password: \"${file:%s}\", maySend: mail.requests}]}"
                            .formatted(town.gateway().brokerPort(), password));
            assertThatThrownBy(second::start)
                    .isInstanceOf(ClosedPort.class)
                    .hasMessageStartingWith("broker.accept cannot listen on 127.0.0.1:")
                    .hasMessageEndingWith("set another port or address");
        }
    }

    /** Not even what it is that listens. */
    @Test
    void withoutTlsNothingIsSaid() throws Exception {
        try (Socket plain = new Socket("localhost", town.gateway().brokerPort())) {
            plain.setSoTimeout(Patience.MILLIS);
            plain.getOutputStream().write("AMQP\0\1\0\0".getBytes(StandardCharsets.US_ASCII));
            byte[] said = plain.getInputStream().readAllBytes();
            assertThat(said)
                    .as("nothing but a TLS alert (RFC 8446 section 6)")
                    .satisfiesAnyOf(
                            nothing -> assertThat(nothing).isEmpty(),
                            alert -> assertThat(alert).startsWith(21).hasSizeLessThan(10));
        }
    }
}
