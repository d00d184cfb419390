package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.postoffice.DuplicateIDCache;
import org.apache.activemq.artemis.core.postoffice.impl.PostOfficeImpl;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.broker.Queues;
import org.mailchute.simulator.Received;
import org.mailchute.testing.Certificates;

/** Consumers and connections that the broker takes away while requests are handled. */
class LostConsumerTest {
    private static final int REQUESTS = 60;
    private static final int CONSUMERS = 10;
    private static final String QUEUE = "mail.many";

    @RegisterExtension
    final Town town = new Town().withoutConnector();

    @SuppressWarnings("NullAway.Init") // set before each test
    private OtherMachine machine;

    @BeforeEach
    void open() throws Exception {
        Certificates authority = new Certificates();
        String settings = Files.readString(OtherMachine.FRAGMENT)
                .replace("match=\"mail.requests\"", "match=\"mail.#\"")
                .replace(
                        "<addresses>",
                        "<addresses><address name=\"mail.many\"><anycast><queue name=\"mail.many\"/></anycast></address>");
        machine = OtherMachine.with(town.root().resolve("other"), authority, settings)
                .start();
        town.withIntake("    - {name: many, queue: %s, consumers: %d, from: scanner@contoso.example}%n"
                        .formatted(QUEUE, CONSUMERS))
                .withBroker("url: \"tcp://localhost:%d\", user: gateway, password: \"${file:%s}\", trust: \"%s\""
                        .formatted(
                                machine.port(),
                                Files.writeString(town.root().resolve("password"), "gateway-secret"),
                                authority.trustFile(town.root())))
                .start();
    }

    @AfterEach
    void close() throws Exception {
        town.stop();
        machine.close();
    }

    /** Each with an id and a recipient of its own. */
    private void publish() {
        try (JMSContext application = town.gateway().broker().createContext()) {
            JMSProducer producer = application.createProducer();
            IntStream.range(0, REQUESTS)
                    .forEach(number -> producer.send(
                            application.createQueue(QUEUE),
                            "{\"id\": \"%1$d\", \"to\": [\"buyer%1$d@fabrikam.example\"], \"subject\": \"S\", \"text\": \"T\"}"
                                    .formatted(number)));
        }
    }

    private void awaitEachOnce() {
        await("all are mailed").until(() -> Set.copyOf(recipients()).size() == REQUESTS);
        await("none is left")
                .until(() -> machine.server().locateQueue(QUEUE).getMessageCount() == 0
                        && town.gateway().waiting("direct") == 0);
        assertThat(recipients()).doesNotHaveDuplicates().hasSize(REQUESTS);
        assertFewAndShortIds();
    }

    /** Of each queue that has some Artemis keeps the last 20,000 in memory, whatever waits on disk. */
    private void assertFewAndShortIds() {
        Map<SimpleString, DuplicateIDCache> known =
                ((PostOfficeImpl) machine.server().getPostOffice()).getDuplicateIDCaches();
        assertThat(known).containsOnlyKeys(SimpleString.of(Queues.EVENTS));
        assertThat(Objects.requireNonNull(known.get(SimpleString.of(Queues.EVENTS)))
                        .getMap())
                .hasSize(REQUESTS)
                .allSatisfy(id -> assertThat(id.getA()).hasSizeLessThanOrEqualTo(64));
    }

    private List<String> recipients() {
        return town.received().stream()
                .flatMap((Received mail) -> mail.recipients().stream())
                .toList();
    }

    @Test
    @DisplayName(
            "P1: a consumer that the broker takes away leaves no half of a transaction, and no request is lost or mailed twice")
    void aLostConsumerHarmsNoOthersTransaction() {
        machine.server().registerBrokerPlugin(new TakesConsumersAway());

        publish();

        awaitEachOnce();
    }

    /** At the first delivery of each fourth request. */
    private static final class TakesConsumersAway implements ActiveMQServerMessagePlugin {
        private final Set<Long> seen = ConcurrentHashMap.newKeySet();

        @Override
        public void beforeDeliver(ServerConsumer consumer, MessageReference reference) throws ActiveMQException {
            boolean request = consumer.getQueueName().toString().equals(QUEUE);
            if (request && seen.add(reference.getMessageID()) && seen.size() % 4 == 0) {
                throw new ActiveMQException("a delivery that fails by the test's doing");
            }
        }
    }

    @Test
    @DisplayName("P3: connections that are cut make no request mailed twice")
    void cutConnectionsRepeatNothing() {
        publish();
        for (int sent : List.of(1, 15, 30, 45)) {
            town.awaitReceived(sent);
            machine.cut(connection -> true);
        }

        awaitEachOnce();
    }

    @Test
    void aQueueThatApplicationsFillIsReadOverAConnectionOfItsOwn() throws Exception {
        await("consumers")
                .until(() -> readers(QUEUE).count() == CONSUMERS
                        && readers("mail.requests").findAny().isPresent()
                        && readers("mailchute.direct-send.direct").count() == 2);
        Set<Object> own = connections(QUEUE);
        assertThat(own).hasSize(1);
        assertThat(connections("mail.requests")).hasSize(1).doesNotContainAnyElementsOf(own);
        List<ServerConsumer> lane = readers("mailchute.direct-send.direct").toList();

        machine.cut(connection -> own.contains(connection.getID()));

        await("it is read again").until(() -> readers(QUEUE).count() == CONSUMERS);
        assertThat(connections(QUEUE)).doesNotContainAnyElementsOf(own);
        assertThat(readers("mailchute.direct-send.direct")).containsExactlyInAnyOrderElementsOf(lane);
    }

    private Set<Object> connections(String queue) {
        return readers(queue).map(ServerConsumer::getConnectionID).collect(Collectors.toSet());
    }

    private Stream<ServerConsumer> readers(String queue) {
        return machine.server().getSessions().stream()
                .flatMap(session -> session.getServerConsumers().stream())
                .filter(consumer -> consumer.getQueueName().toString().equals(queue));
    }
}
