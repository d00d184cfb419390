package org.mailchute.gateway;

import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.mailchute.broker.AnyBroker;
import org.mailchute.broker.ArtemisElsewhere;
import org.mailchute.broker.BrokerOwner;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.BrokerView;
import org.mailchute.broker.EmbeddedBroker;
import org.mailchute.broker.Queues;
import org.mailchute.broker.SpoolOwner;
import org.mailchute.deferred.Places;
import org.mailchute.settings.Settings;
import org.mailchute.spool.Spool;

/** The broker of the settings, opened: inside this process or elsewhere. Closing it ends what it opened, the last first. */
final class OpenBroker implements AutoCloseable {
    private final OpenParts parts = new OpenParts();
    private BrokerView view = BrokerView.NONE;
    private Optional<EmbeddedBroker> embedded = Optional.empty();
    private @Nullable BrokerPools pools;

    /** What can be seen of it; {@link BrokerView#NONE} where nothing can. */
    BrokerView view() {
        return view;
    }

    /** Completed when the embedded one has ended by itself; one elsewhere may, and the gateway goes on without. */
    CompletableFuture<String> fault() {
        return embedded.map(EmbeddedBroker::fault).orElseGet(CompletableFuture::new);
    }

    /** Where applications find the embedded one; -1 when its port is closed. */
    int port() {
        return embedded.map(EmbeddedBroker::port).orElse(-1);
    }

    /** The queues of lanes. */
    LaneQueues laneQueues() {
        List<String> known = embedded.map(EmbeddedBroker::queues)
                .orElseGet(Stream::of)
                .sorted()
                .toList();
        return new LaneQueues(view, known);
    }

    /** Makes what these settings want beyond those it was opened with. */
    void prepare(Settings settings) throws Exception {
        if (settings.broker().factory().isEmpty()) {
            QueueNames.queues(settings).forEach(view::make);
        }
        if (embedded.isPresent()) {
            embedded.get().topics(QueueNames.topics(settings));
        }
    }

    /** @throws NullPointerException when it is not open */
    BrokerPools pools() {
        return Objects.requireNonNull(pools);
    }

    /**
     * Opens it.
     *
     * @throws Exception when it cannot be used; what was opened is closed with this
     */
    BrokerPools open(Settings settings, Spool spool, Clock clock) throws Exception {
        BrokerPools open = parts.keep(new BrokerPools(
                settings.broker().elsewhere() ? elsewhere(settings, clock) : embedded(settings, spool, clock)));
        if (settings.broker().elsewhere()) {
            BrokerOwner.claim(open.plain(), settings.home(), settings.name());
        }
        pools = open;
        return open;
    }

    private ConnectionFactory elsewhere(Settings settings, Clock clock) throws Exception {
        BrokerPlan broker = settings.broker();
        if (broker.factory().isPresent()) {
            ConnectionFactory any = AnyBroker.open(broker, broker.factory().get(), clock);
            SpoolOwner.elsewhere(settings.home());
            return any;
        }
        List<String> queues = new ArrayList<>(QueueNames.queues(settings));
        queues.add(Queues.OWNER);
        queues.addAll(Places.slots());
        ArtemisElsewhere artemis = parts.keep(ArtemisElsewhere.open(broker, queues));
        SpoolOwner.elsewhere(settings.home());
        view = artemis;
        return artemis.factory();
    }

    private ActiveMQConnectionFactory embedded(Settings settings, Spool spool, Clock clock) throws Exception {
        SpoolOwner owner = SpoolOwner.of(settings.home());
        EmbeddedBroker started = parts.keep(EmbeddedBroker.start(
                settings.home(), QueueNames.queues(settings), settings.broker().accept(), clock));
        started.topics(QueueNames.topics(settings));
        owner.discardOrphans(spool, started.referenced());
        ActiveMQConnectionFactory factory = started.factory();
        parts.keep(factory::close);
        view = started;
        embedded = Optional.of(started);
        return factory;
    }

    @Override
    public void close() {
        parts.close();
    }
}
