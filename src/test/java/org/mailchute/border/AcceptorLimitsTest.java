package org.mailchute.border;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.core.protocol.core.Channel;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionQueueQueryMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailchute.broker.EmbeddedBroker;
import org.mailchute.broker.Queues;
import org.mailchute.credentials.SecretText;
import org.mailchute.door.Guessers;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.Patience;

/** What keeps a careless or hostile application from filling memory and disk: the table in src/docs/applications.md. */
class AcceptorLimitsTest {
    private static final String REQUESTS = "mail.requests";
    private static final String ANSWERS = "billing.answers";
    private static final String OTHERS = "payroll.answers";
    private static final int LARGEST = 200_000;
    private static final int BATCH = 500;
    /** A test that starts the broker itself, as it wants it. */
    private static final String OWN_BROKER = "own-broker";
    /** Where a refusal is expected: a server that is slow to refuse is silent, too. Milliseconds. */
    private static final int SILENCE = 500;

    @TempDir
    Path home;

    @SuppressWarnings("NullAway.Init") // set before each test
    private EmbeddedBroker broker;

    private final MovableClock clock = new MovableClock();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void open(TestInfo test) throws Exception {
        if (!test.getTags().contains(OWN_BROKER)) {
            start(List.of(Acceptor.Protocol.values()));
        }
    }

    /** No intake reads here, so what is published waits. */
    private void start(List<Acceptor.Protocol> protocols, Acceptor.User... others) throws Exception {
        start(protocols, Runtime.getRuntime().maxMemory(), others);
    }

    private void start(List<Acceptor.Protocol> protocols, long heap, Acceptor.User... others) throws Exception {
        List<Acceptor.User> users = new ArrayList<>(List.of(others));
        users.add(new Acceptor.User("billing", new SecretText("kX9"), Set.of(REQUESTS), Set.of(ANSWERS)));
        broker = EmbeddedBroker.start(
                home,
                List.of(REQUESTS, ANSWERS, OTHERS, Queues.UNDELIVERABLE),
                Optional.of(new Acceptor("127.0.0.1", 0, protocols, Optional.empty(), LARGEST, users)),
                heap,
                clock);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable connection : opened) {
            connection.close();
        }
        broker.close();
    }

    private ConnectionFactory way(Acceptor.Protocol protocol) {
        return way(protocol, Patience.MILLIS);
    }

    /** @param patience until a client takes silence for a refusal, ms */
    private ConnectionFactory way(Acceptor.Protocol protocol, int patience) {
        if (protocol == Acceptor.Protocol.AMQP) {
            return new JmsConnectionFactory("amqp://127.0.0.1:" + broker.port() + "?jms.connectTimeout=" + patience);
        }
        ActiveMQConnectionFactory core =
                new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port() + "?callTimeout=" + patience);
        opened.add(core);
        return core;
    }

    private JMSContext billing(Acceptor.Protocol protocol) {
        return billing(way(protocol));
    }

    private JMSContext billing(ConnectionFactory way) {
        JMSContext context = way.createContext("billing", "kX9");
        opened.add(0, context); // closed before its factory
        return context;
    }

    private JMSContext billing() {
        return billing(Acceptor.Protocol.CORE);
    }

    @ParameterizedTest
    @EnumSource(Acceptor.Protocol.class)
    void aRequestThatExpiresBeforeItIsReceivedIsTold(Acceptor.Protocol protocol) {
        JMSContext application = billing(protocol);
        Queue requests = application.createQueue(REQUESTS);
        application.createProducer().setTimeToLive(1).send(requests, "late");
        application.createProducer().setTimeToLive(0).send(requests, "in time");
        try (LogLines log = LogLines.of("org.mailchute.border");
                JMSContext mailchute = broker.factory().createContext()) {
            JMSConsumer intake = mailchute.createConsumer(mailchute.createQueue(REQUESTS));
            assertThat(intake.receiveBody(String.class, Patience.MILLIS)).isEqualTo("in time");
            await("it is told").until(() -> !log.lines().isEmpty());
            assertThat(log.lines())
                    .containsExactly(
                            "WARN a request of user billing in mail.requests was not received before its time to live ended:"
                                    + " it is not mailed, and lies in mailchute.undeliverable");
        }
    }

    @ParameterizedTest
    @EnumSource(Acceptor.Protocol.class)
    void aMessageMayBeAsLargeAsSetAndNoLarger(Acceptor.Protocol protocol) throws Exception {
        JMSContext application = billing(protocol);
        send(application, LARGEST - 2_000); // properties and header count too
        assertThatThrownBy(() -> send(application, LARGEST + 1))
                .isInstanceOf(JMSRuntimeException.class)
                .hasMessageContaining("at most " + LARGEST + " are taken");
        awaitCount(1);
    }

    @ParameterizedTest
    @EnumSource(Acceptor.Protocol.class)
    @DisplayName("P9: a message that is too large is refused while it comes, and nothing of it stays on disk")
    void whatIsTooLargeIsRefusedWhileItComes(Acceptor.Protocol protocol) throws Exception {
        JMSContext application = billing(protocol);
        try (LogLines log = LogLines.of("org.mailchute.border")) {
            assertThatThrownBy(() -> send(application, 2 * LARGEST - 10_000))
                    .isInstanceOf(JMSRuntimeException.class)
                    .hasMessageContaining("at most " + LARGEST + " are taken");
            assertThatThrownBy(() -> send(billing(protocol), 10 * LARGEST)).isInstanceOf(JMSRuntimeException.class);
            assertThat(refused(log)).hasSize(2).allMatch(bytes -> bytes < 2 * LARGEST - 10_000);
        }
        assertThat(broker.count(REQUESTS)).isZero();
        await("no file left")
                .until(() ->
                        FilesIn.folder(home.resolve("broker/large-messages")).isEmpty());
        send(billing(protocol), 10_000);
        awaitCount(1);
    }

    /** How many octets had come of each. */
    private static List<Integer> refused(LogLines log) {
        Pattern line = Pattern.compile("user billing was refused a message of (\\d+) bytes");
        return log.lines().stream()
                .map(line::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();
    }

    private static void send(JMSContext application, int octets) throws Exception {
        BytesMessage message = application.createBytesMessage();
        message.writeBytes(new byte[octets]);
        application.createProducer().send(application.createQueue(REQUESTS), message);
    }

    @ParameterizedTest
    @EnumSource(Acceptor.Protocol.class)
    @DisplayName(
            "P2: what was accepted is there after a restart, though its sender did not ask for that, and is delivered once")
    void whatWasAcceptedOutlastsTheBroker(Acceptor.Protocol protocol) throws Exception {
        JMSContext application = billing(protocol);
        JMSProducer producer = application.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        for (int octets : List.of(10, LARGEST - 2_000)) { // a large one has a file of its own
            BytesMessage message = application.createBytesMessage();
            message.writeBytes(new byte[octets]);
            producer.send(application.createQueue(REQUESTS), message);
        }
        awaitCount(2);
        restart();
        try (JMSContext reader = own()) {
            JMSConsumer requests = reader.createConsumer(reader.createQueue(REQUESTS));
            for (int octets : List.of(10, LARGEST - 2_000)) {
                BytesMessage request = (BytesMessage) requests.receive(Patience.MILLIS);
                assertThat(request.getBodyLength()).isEqualTo(octets);
            }
        }
        restart();
        try (JMSContext reader = own()) {
            assertThat(reader.createConsumer(reader.createQueue(REQUESTS)).receiveNoWait())
                    .isNull();
        }
        assertThat(FilesIn.folder(home.resolve("broker/large-messages"))).isEmpty();
    }

    private void restart() throws Exception {
        for (AutoCloseable connection : opened) {
            connection.close();
        }
        opened.clear();
        broker.close();
        start(List.of(Acceptor.Protocol.values()));
    }

    @ParameterizedTest
    @Tag(OWN_BROKER)
    @EnumSource(Acceptor.Protocol.class)
    void onlyTheProtocolsThatAreSetAreSpoken(Acceptor.Protocol spoken) throws Exception {
        start(List.of(spoken));
        send(billing(spoken), 10);
        for (Acceptor.Protocol other : Acceptor.Protocol.values()) {
            if (other != spoken) {
                try (LogLines log = LogLines.of("org.mailchute.border");
                        LogLines artemis = LogLines.of("org.apache.activemq.artemis.core.server")) {
                    ConnectionFactory refused = way(other, SILENCE);
                    assertThatThrownBy(() -> billing(refused).start()).isInstanceOf(JMSRuntimeException.class);
                    await("it is told")
                            .until(() ->
                                    log.lines().stream().anyMatch(line -> line.contains("in broker.accept.protocols")));
                    assertThat(artemis.lines()).isEmpty();
                }
            }
        }
    }

    @Test
    void theTwoHundredAndFirstConnectionIsRefused() {
        ConnectionFactory way = way(Acceptor.Protocol.CORE);
        for (int number = 1; number <= 190; number++) {
            billing(way).start();
        }
        ConnectionFactory last = way(Acceptor.Protocol.CORE, SILENCE);
        assertThatThrownBy(() -> {
                    for (int number = 191; number <= 201; number++) {
                        billing(last).start();
                    }
                })
                .isInstanceOf(JMSRuntimeException.class);
    }

    @ParameterizedTest
    @Tag(OWN_BROKER)
    @EnumSource(Acceptor.Protocol.class)
    @DisplayName("P2: one application, or whoever has its password, does not keep the others out")
    void aUserLeavesConnectionsToTheOthers(Acceptor.Protocol protocol) throws Exception {
        start(
                List.of(Acceptor.Protocol.values()),
                new Acceptor.User("payroll", new SecretText("kX8"), Set.of(REQUESTS), Set.of(OTHERS)));
        ConnectionFactory way = way(protocol);
        JMSContext first = billing(way);
        first.start();
        for (int number = 1; number < UserConnections.MOST; number++) {
            billing(way).start();
        }
        assertThatThrownBy(() -> billing(way(protocol, SILENCE)).start()).isInstanceOf(JMSRuntimeException.class);
        JMSContext payroll = way.createContext("payroll", "kX8");
        opened.add(0, payroll);
        payroll.createProducer().send(payroll.createQueue(REQUESTS), "x");
        awaitCount(1);
        first.close();
        await("its place comes back")
                .ignoreExceptions()
                .untilAsserted(() -> billing(way).start());
    }

    private static void login(ConnectionFactory way, String user, String password) throws JMSException {
        try (Connection connection = way.createConnection(user, password)) {
            connection.start();
        }
    }

    private static void guess(ConnectionFactory way, String user) {
        for (int guess = 1; guess <= Guessers.GUESSES; guess++) {
            String password = "guess " + guess;
            assertThatThrownBy(() -> login(way, user, password)).isInstanceOf(JMSException.class);
        }
    }

    @ParameterizedTest
    @Tag(OWN_BROKER)
    @EnumSource(Acceptor.Protocol.class)
    @DisplayName("P9: ten wrong passwords shut out their user from there for a quarter of an hour, and nobody else")
    void tenWrongPasswordsShutOutTheirUserAlone(Acceptor.Protocol protocol) throws Exception {
        start(
                List.of(Acceptor.Protocol.values()),
                new Acceptor.User("payroll", new SecretText("kX8"), Set.of(REQUESTS), Set.of(OTHERS)));
        ConnectionFactory way = way(protocol);
        JMSContext before = billing(way);
        send(before, 10);
        try (LogLines log = LogLines.of("org.mailchute.door.Guessers")) {
            guess(way, "billing");
            assertThatThrownBy(() -> login(way, "billing", "kX9")).isInstanceOf(JMSException.class);
            guess(way, "nobody");
            guess(way, broker.login().user());
            assertThat(log.lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("WARN broker: 10 wrong passwords from 127.0.0.1: user billing no longer"
                                            + " logs in from there for 15 minutes"),
                            line -> assertThat(line).contains("no user that is not there logs in from there"));
        }
        login(way, "payroll", "kX8");
        JMSContext ours = own();
        ours.createProducer().send(ours.createQueue(ANSWERS), "for billing");
        assertThat(before.createConsumer(before.createQueue(ANSWERS)).receiveBody(String.class, Patience.MILLIS))
                .as("who is in stays in, and does what it has not done before")
                .isEqualTo("for billing");

        clock.move(Duration.ofMinutes(15).plusSeconds(1));
        login(way, "billing", "kX9");
    }

    @Test
    void aUserHasTwoHundredSessionsAtMost() {
        JMSContext application = billing();
        assertThatThrownBy(() -> {
                    for (int number = 0; number <= 200; number++) {
                        JMSContext session = application.createContext(JMSContext.AUTO_ACKNOWLEDGE);
                        opened.add(0, session);
                        session.createProducer().send(session.createQueue(REQUESTS), "x");
                    }
                })
                .isInstanceOf(JMSRuntimeException.class)
                .hasMessageContaining("session");
        await("most are there").until(() -> broker.count(REQUESTS) >= 190);
        assertThat(broker.count(REQUESTS)).isLessThanOrEqualTo(200);
    }

    @Test
    void aUserHasFiveHundredTemporaryQueuesAtMost() {
        JMSContext application = billing();
        assertThatThrownBy(() -> {
                    for (int number = 0; number <= 500; number++) {
                        application.createTemporaryQueue();
                    }
                })
                .isInstanceOf(JMSRuntimeException.class)
                .hasMessageContaining("queue");
    }

    @ParameterizedTest
    @EnumSource(Acceptor.Protocol.class)
    @DisplayName("P8: what one application reads with is counted, over all of its sessions, and room comes back")
    void aUserHasAThousandConsumersAtMost(Acceptor.Protocol protocol) {
        JMSContext application = billing(protocol);
        Queue answers = application.createQueue(ANSWERS);
        List<JMSConsumer> consumers = new ArrayList<>();
        for (int number = 0; number < Readers.MOST; number++) {
            application = number % 200 == 0 ? billing(protocol) : application;
            consumers.add(application.createConsumer(answers));
        }
        assertThatThrownBy(() -> billing(protocol).createConsumer(answers))
                .isInstanceOf(JMSRuntimeException.class)
                .hasMessageContaining("at most 1000 consumers and browsers");
        consumers.get(0).close();
        billing(protocol).createConsumer(answers);
    }

    @Test
    @DisplayName("P8: a connection of AMQP has so many senders and receivers, whoever makes them, and no more")
    void aConnectionHasThreeHundredLinksAtMost() throws Exception {
        JmsConnectionFactory amqp = (JmsConnectionFactory) way(Acceptor.Protocol.AMQP);
        try (LogLines log = LogLines.of("org.mailchute.border");
                Connection connection = amqp.createConnection("billing", "kX9");
                Session session = connection.createSession()) {
            Queue requests = session.createQueue(REQUESTS);
            assertThatThrownBy(() -> {
                        for (int number = 0; number <= AmqpLinks.MOST; number++) {
                            session.createProducer(requests);
                        }
                        session.createProducer(requests).send(session.createTextMessage("x"));
                    })
                    .isInstanceOf(JMSException.class);
            assertThat(log.lines()).anyMatch(line -> line.contains("more than 300 senders and receivers"));
        }
        send(billing(Acceptor.Protocol.AMQP), 10);
    }

    @Test
    @DisplayName("P8: however many groups an application names, no more than some are remembered")
    void theGroupsOfAQueueAreCounted() throws Exception {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
        opened.add(factory);
        try (ClientSessionFactory sessions = factory.getServerLocator().createSessionFactory();
                ClientSession ours = sessions.createSession(
                        broker.login().user(), broker.login().password().reveal(), false, true, true, false, 0)) {
            for (String filled : List.of(REQUESTS, ANSWERS)) {
                assertThat(ours.queueQuery(SimpleString.of(filled)).getGroupBuckets())
                        .as(filled)
                        .isBetween(1, 10_000);
            }
        }
    }

    @Test
    @DisplayName("P9: an application makes temporary queues, and no address that stays")
    void noAddressIsMadeWithoutATemporaryQueue() throws Exception {
        try (ClientSessionFactory factory = core();
                ClientSession session = session(factory)) {
            String name = UUID.randomUUID().toString();
            assertThatThrownBy(() -> session.createAddress(SimpleString.of(name), RoutingType.ANYCAST, false))
                    .isInstanceOf(ActiveMQException.class);
            assertThatThrownBy(() -> session.createAddress(SimpleString.of(name), RoutingType.MULTICAST, true))
                    .isInstanceOf(ActiveMQException.class);
            assertThatThrownBy(() ->
                            session.createQueue(QueueConfiguration.of(name).setDurable(false)))
                    .isInstanceOf(ActiveMQException.class);
        }
        JMSContext amqp = billing(Acceptor.Protocol.AMQP);
        assertThatThrownBy(amqp::createTemporaryTopic).isInstanceOf(JMSRuntimeException.class);
        billing(Acceptor.Protocol.AMQP).createTemporaryQueue();
    }

    @Test
    @DisplayName("P9: an application hears nothing of other queues, and no counts of those it sends to")
    void questionsAboutQueuesTellNoMoreThanAnApplicationMayRead() throws Exception {
        JMSContext ours = own();
        ours.createProducer().send(ours.createQueue(REQUESTS), "of another");
        ours.createProducer().send(ours.createQueue(ANSWERS), "for billing");
        try (ClientSessionFactory factory = core();
                ClientSession session = session(factory)) {
            assertThat(session.queueQuery(SimpleString.of(ANSWERS)).getMessageCount())
                    .isEqualTo(1);
            ClientSession.QueueQuery requests = session.queueQuery(SimpleString.of(REQUESTS));
            assertThat(requests.isExists()).isTrue();
            assertThat(requests.getMessageCount()).isZero();
            for (String other : List.of(OTHERS, ANSWERS + "::" + OTHERS, "mailchute.undeliverable")) {
                assertThat(session.queueQuery(SimpleString.of(other)).isExists())
                        .as(other)
                        .isFalse();
            }
            for (String other : List.of(OTHERS, OTHERS + "::" + ANSWERS, "mailchute.undeliverable")) {
                assertThat(session.addressQuery(SimpleString.of(other)).isExists())
                        .as(other)
                        .isFalse();
            }
            assertThat(session.addressQuery(SimpleString.of(REQUESTS)).isExists())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("P9: who has no session, or none any more, learns nothing of queues")
    void whoAsksOutsideOfASessionLearnsNothing() throws Exception {
        own().createProducer().send(own().createQueue(REQUESTS), "of another");
        ActiveMQConnectionFactory way = (ActiveMQConnectionFactory) way(Acceptor.Protocol.CORE, SILENCE);
        try (ClientSessionFactory factory = way.getServerLocator().createSessionFactory()) {
            session(factory).close(); // it has logged in, so that it is no stranger
            Channel none = ((CoreRemotingConnection) factory.getConnection()).getChannel(4711, -1);
            assertThatThrownBy(() -> none.sendBlocking(
                            new SessionQueueQueryMessage(SimpleString.of(REQUESTS)),
                            PacketImpl.SESS_QUEUEQUERY_RESP_V3))
                    .isInstanceOf(ActiveMQException.class);
        }
        assertThat(CoreQueries.all(List.of(), user -> true)).isFalse();
        assertThat(CoreQueries.all(List.of("billing", "payroll"), "billing"::equals))
                .isFalse();
        assertThat(CoreQueries.all(List.of("billing"), "billing"::equals)).isTrue();
    }

    private ClientSessionFactory core() throws Exception {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port());
        opened.add(factory);
        return factory.getServerLocator().createSessionFactory();
    }

    private static ClientSession session(ClientSessionFactory factory) throws Exception {
        return factory.createSession("billing", "kX9", false, true, true, false, 0);
    }

    @Test
    void beyondTwentyThousandWaitingRequestsMoreAreRefusedUntilThereIsRoom() {
        long before = refusedAfter(60_000);
        assertThat(before).isBetween(20_000L, 40_000L); // those in memory are not counted
        JMSContext ours = own();
        var reader = ours.createConsumer(ours.createQueue(REQUESTS));
        for (long read = 0; read < before; read++) {
            assertThat(reader.receive(Patience.MILLIS)).isNotNull();
        }
        billing().createProducer().send(ours.createQueue(REQUESTS), "there is room again");
        assertThat(reader.receive(Patience.MILLIS)).isNotNull();
    }

    @ParameterizedTest
    @Tag(OWN_BROKER)
    @EnumSource(Acceptor.Protocol.class)
    @DisplayName("P8: what is sent and not committed is counted, refused beyond a limit, and given back at the end")
    void whatIsNotCommittedHasALimit(Acceptor.Protocol protocol) throws Exception {
        start(List.of(protocol), 32L << 20); // 2 MB of it, a thousand small requests at most
        JMSContext application = way(protocol).createContext("billing", "kX9", JMSContext.SESSION_TRANSACTED);
        opened.add(0, application);
        assertThatThrownBy(() -> fill(application, 1_100)).isInstanceOf(JMSRuntimeException.class);
        assertThat(broker.count(REQUESTS)).isZero();
        JMSContext again = way(protocol).createContext("billing", "kX9", JMSContext.SESSION_TRANSACTED);
        opened.add(0, again);
        for (int round = 0; round < 3; round++) {
            fill(again, 500);
        }
        awaitCount(1_500);
    }

    /** A client does not wait for what it sends without persistence, nor is it counted at once. */
    private void awaitCount(long messages) {
        await("counted").until(() -> broker.count(REQUESTS) == messages);
    }

    private static void fill(JMSContext context, int messages) {
        JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT); // quicker
        Queue destination = context.createQueue(REQUESTS);
        for (int number = 0; number < messages; number++) {
            producer.send(destination, "request " + number);
        }
        context.commit();
    }

    private long refusedAfter(int most) {
        JMSContext application =
                way(Acceptor.Protocol.CORE).createContext("billing", "kX9", JMSContext.SESSION_TRANSACTED);
        opened.add(0, application);
        assertThatThrownBy(() -> fill(application, REQUESTS, most))
                .isInstanceOf(JMSRuntimeException.class)
                .hasMessageContaining("full");
        return broker.count(REQUESTS);
    }

    private static void fill(JMSContext context, String queue, int messages) {
        JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT); // quicker
        Queue destination = context.createQueue(queue);
        for (int number = 1; number <= messages; number++) {
            producer.send(destination, "request or answer " + number);
            if (number % BATCH == 0) {
                context.commit();
            }
        }
    }

    private JMSContext own() {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
        JMSContext context = factory.createContext(
                broker.login().user(), broker.login().password().reveal());
        opened.add(context);
        opened.add(factory);
        return context;
    }

    @Test
    void answersThatNobodyReadsAreDroppedAndStopNobody() {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
        try (factory;
                JMSContext ours = factory.createContext(
                        broker.login().user(), broker.login().password().reveal(), JMSContext.SESSION_TRANSACTED)) {
            fill(ours, ANSWERS, 46_000);
        }
        assertThat(broker.count(ANSWERS)).isBetween(20_000L, 40_000L);
    }
}
