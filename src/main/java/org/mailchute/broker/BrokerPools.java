package org.mailchute.broker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.ConnectionFactory;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * Our connections to the broker: some that lanes, events and all that sends share, and one of its own for each queue that
 * applications fill: a message that makes the broker, or its client, cut a connection cuts nothing else.
 */
public final class BrokerPools implements AutoCloseable {
    /** A consumer of a broker elsewhere notices by it what its client hides, as a connection that was made anew. */
    private static final int PATIENCE_ELSEWHERE_MS = 10_000;

    private static final int PATIENCE_INSIDE_MS = 300_000;

    private static final int SHARED = 4;
    private static final int SESSIONS = 500;

    private final ConnectionFactory broker;
    private final Deque<JmsPoolConnectionFactory> pools = new ConcurrentLinkedDeque<>();
    private final JmsPoolConnectionFactory shared;
    private final Receives receives = new Receives();
    private final Reach reach = new Reach();

    public BrokerPools(ConnectionFactory broker) {
        this.broker = broker;
        this.shared = pool(SHARED);
    }

    /** As a client has it. */
    public ConnectionFactory plain() {
        return shared;
    }

    /** For routes. */
    public ConnectionFactory shared() {
        return SessionsApart.of(shared, receives);
    }

    /** For the consumers of one queue. */
    public Reading reading(Reception reception) {
        JmsPoolConnectionFactory own = pool(1);
        return new Reading(SessionsApart.reading(own, shared, receives, reception), () -> {
            pools.remove(own);
            own.stop();
        });
    }

    /** Connections of one queue's consumers. */
    public record Reading(ConnectionFactory factory, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /**
     * How long a route's consumer waits for a message, in milliseconds: each wait that ends with nothing costs two round trips. Intakes
     * of JMS say in their route that they wait less: that one receives again is known when a wait has ended.
     */
    public static int patience(boolean elsewhere) {
        return elsewhere ? PATIENCE_ELSEWHERE_MS : PATIENCE_INSIDE_MS;
    }

    /** Why the broker cannot be reached now, as its client says; empty when it can. It is not asked for this. */
    public Optional<String> fault() {
        return reach.fault();
    }

    /** {@code mailchute.broker.connections}: those that are open; {@code mailchute.broker.up}: 0 while none can be had. */
    public void bind(MeterRegistry meters) {
        Gauge.builder("mailchute.broker.connections", pools, BrokerPools::connections)
                .description("Open connections of the gateway to its broker")
                .register(meters);
        Gauge.builder("mailchute.broker.up", reach, known -> known.fault().isEmpty() ? 1 : 0)
                .description("1 while the broker can be reached, 0 while it cannot")
                .register(meters);
    }

    private static int connections(Deque<JmsPoolConnectionFactory> pools) {
        return pools.stream()
                .mapToInt(JmsPoolConnectionFactory::getNumConnections)
                .sum();
    }

    private JmsPoolConnectionFactory pool(int connections) {
        JmsPoolConnectionFactory pool = reach.pool();
        pool.setConnectionFactory(broker);
        pool.setMaxConnections(connections);
        pool.setMaxSessionsPerConnection(SESSIONS);
        pool.start();
        pools.push(pool);
        return pool;
    }

    /** Likewise of one queue, until {@link #receiveAgain}. */
    public void endReceiving(String queue) {
        receives.end(queue);
    }

    public void receiveAgain(String queue) {
        receives.again(queue);
    }

    /** Nobody waits for a message any more, and no more are received; what is being handled goes on. */
    public void endReceiving() {
        receives.end();
    }

    @Override
    public void close() {
        pools.forEach(JmsPoolConnectionFactory::stop);
    }
}
