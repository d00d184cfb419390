package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.mailchute.broker.EmbeddedBroker;
import org.mailchute.broker.Queues;
import org.mailchute.deferred.Deferrals;
import org.mailchute.deferred.Gate;
import org.mailchute.deferred.Places;
import org.mailchute.deferred.Shelves;
import org.mailchute.spool.QueueId;

/** What waits, in a real broker, and a lane that opens when a test says so. */
final class WaitingRoom implements AutoCloseable {
    static final String LANE = Queues.lane("relay", "connector");

    private final Path home;
    private final Clock clock;
    private final EmbeddedBroker broker;
    private final ActiveMQConnectionFactory factory;
    private final Deferrals deferrals;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean full;
    private volatile long takes;
    private final AtomicInteger openings = new AtomicInteger();
    private volatile int uncounted;

    private WaitingRoom(Path home, Clock clock) throws Exception {
        this.home = home;
        this.clock = clock;
        broker = EmbeddedBroker.start(
                home,
                List.of(
                        LANE,
                        Places.DEFERRED,
                        Places.lane("connector"),
                        Places.packed("connector"),
                        Queues.DEAD_LETTERS,
                        Queues.UNDELIVERABLE),
                Optional.empty(),
                clock);
        factory = broker.factory();
        deferrals = new Deferrals(factory, Queues.UNDELIVERABLE, shelves(), gate(), clock);
    }

    /** Nothing is moved yet. */
    static WaitingRoom closed(Path home, Clock clock) throws Exception {
        return new WaitingRoom(home, clock);
    }

    static WaitingRoom open(Path home, Clock clock) throws Exception {
        WaitingRoom room = closed(home, clock);
        room.start();
        return room;
    }

    void start() {
        deferrals.start();
    }

    /** @param meanwhile what happens while it is away */
    WaitingRoom restarted(Runnable meanwhile) throws Exception {
        close();
        meanwhile.run();
        return open(home, clock);
    }

    private Shelves shelves() {
        return new Shelves() {
            @Override
            public long count(String queue) {
                long there = broker.count(queue);
                return there > 0 ? Math.max(0, there - uncounted) : there;
            }

            @Override
            public void make(String queue) {
                broker.make(queue);
            }
        };
    }

    /** As Artemis does at times: as many in each queue are not counted. */
    void miscount(int uncounted) {
        this.uncounted = uncounted;
    }

    private Gate gate() {
        return new Gate() {
            @Override
            public boolean moves() {
                looks.incrementAndGet();
                return !full;
            }

            @Override
            public boolean isOpen(String lane) {
                return takes > 0;
            }

            @Override
            public Collection<String> lanes() {
                return List.of("connector");
            }

            @Override
            public long takes(String lane) {
                return takes;
            }

            @Override
            public int openings(String lane) {
                return openings.get();
            }
        };
    }

    /** It was held for less than a look takes. */
    void holdAndOpenLane() {
        openings.incrementAndGet();
    }

    void openLane(long takes) {
        this.takes = takes;
    }

    void fillDisk(boolean full) {
        this.full = full;
    }

    void awaitLooks(int more) {
        int before = looks.get();
        await("more looks").until(() -> looks.get() >= before + more);
    }

    void put(String queue, List<Instant> times) throws JMSException {
        put(queue, times, Optional.empty(), false);
    }

    void put(String queue, List<Instant> times, Optional<String> id, boolean forLane) throws JMSException {
        try (JMSContext session = factory.createContext(JMSContext.SESSION_TRANSACTED)) {
            JMSProducer producer = session.createProducer().setPriority(9);
            Queue to = session.createQueue(queue);
            for (Instant time : times) {
                TextMessage message = session.createTextMessage(
                        id.map("{\"queueId\":\"%s\"}"::formatted).orElse(time.toString()));
                message.setStringProperty(Deferrals.QUEUE_ID, "000000000000000A");
                message.setStringProperty(Deferrals.LANE, "connector");
                message.setStringProperty(Deferrals.OPTION, "relay");
                message.setLongProperty(Deferrals.DUE, time.toEpochMilli());
                message.setBooleanProperty(Deferrals.FOR_LANE, forLane);
                producer.send(to, message);
            }
            session.commit();
        }
    }

    /** What no route of ours would send. */
    void putOdd() {
        try (JMSContext session = factory.createContext()) {
            session.createProducer().send(session.createQueue(Places.DEFERRED), "odd");
        }
    }

    long count(String queue) {
        return broker.count(queue);
    }

    boolean isReferenced(String id) throws Exception {
        return broker.referenced().test(new QueueId(id));
    }

    /** For a later time, sorted or not. */
    long waiting() {
        return Math.max(0, broker.count(Places.DEFERRED)) + deferrals.waiting("connector");
    }

    void awaitSorted(int count) {
        await("all are sorted").until(() -> broker.count(Places.DEFERRED) == 0 && waiting() == count);
    }

    void awaitLeft(int count) {
        await(count + " in the lane's queue").until(() -> hasLeft(count));
    }

    boolean hasLeft(int count) {
        return broker.count(LANE) == count;
    }

    /** Takes what is in the lane's queue. */
    List<String> left() throws JMSException {
        List<String> left = new ArrayList<>();
        try (JMSContext session = factory.createContext();
                JMSConsumer lane = session.createConsumer(session.createQueue(LANE))) {
            while (broker.count(LANE) > 0) {
                Message next = lane.receive(1_000);
                if (next != null) {
                    left.add(next.getBody(String.class));
                    assertThat(next.getJMSPriority()).isEqualTo(9);
                    assertThat(next.getStringProperty("queueId")).isEqualTo("000000000000000A");
                }
            }
        }
        return left;
    }

    @Override
    public void close() throws Exception {
        deferrals.close();
        factory.close();
        broker.close();
    }
}
