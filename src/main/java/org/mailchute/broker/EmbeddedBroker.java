package org.mailchute.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.jspecify.annotations.Nullable;
import org.mailchute.border.Acceptor;
import org.mailchute.border.Border;
import org.mailchute.border.BrokerLogin;
import org.mailchute.door.ClosedPort;
import org.mailchute.spool.KnownIds;
import org.mailchute.spool.QueueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Artemis inside this process, its journal on disk below the home; without a port unless the settings open one. */
public final class EmbeddedBroker implements BrokerView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final BrokerLogin login = BrokerLogin.fresh();
    private final CompletableFuture<String> fault = new CompletableFuture<>();
    private final int number;
    private @Nullable Border border;

    private EmbeddedBroker(int number) {
        this.number = number;
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException when the journal cannot be read
     */
    public static EmbeddedBroker start(Path home, Iterable<String> queues, Optional<Acceptor> acceptor, Clock clock)
            throws Exception {
        return start(home, queues, acceptor, Runtime.getRuntime().maxMemory(), clock);
    }

    /** @param heap of the process, octets */
    public static EmbeddedBroker start(
            Path home, Iterable<String> queues, Optional<Acceptor> acceptor, long heap, Clock clock) throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker(NUMBER.incrementAndGet());
        EmbeddedConfiguration configuration = new EmbeddedConfiguration(home, broker.number, heap);
        if (acceptor.isPresent()) {
            checkFree(acceptor.get());
            Border border = new Border(acceptor.get(), broker.login, broker.server, heap, clock);
            broker.server.setSecurityManager(border.users());
            configuration.open(acceptor.get(), border);
            broker.border = border;
        }
        broker.server.setConfiguration(configuration.done());
        broker.start(home);
        for (String queue : queues) {
            broker.create(queue);
        }
        if (broker.border != null) {
            broker.border.open(); // no sooner than all is there
        }
        acceptor.ifPresent(open -> LOG.info(
                "applications reach the broker at {}:{} by {}{}",
                open.bind(),
                broker.port(),
                open.protocols(),
                open.certificate().isPresent() ? " over TLS" : ""));
        return broker;
    }

    /** Artemis would log it in its own words and wait for ever. */
    private static void checkFree(Acceptor acceptor) throws ClosedPort {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(acceptor.bind(), acceptor.port()));
        } catch (IOException e) {
            throw ClosedPort.of("broker.accept", acceptor.bind(), acceptor.port(), e);
        }
    }

    private void start(Path home) throws Exception {
        server.start();
        if (!server.getActiveMQServer().isActive()) { // Artemis has logged why
            server.stop();
            throw new IllegalStateException("the broker's files in " + home.resolve("broker")
                    + " cannot be read: the log says above why; mend the disk, or put a backup of home back");
        }
        server.getActiveMQServer()
                .registerIOCriticalErrorListener((cause, message, file) -> fault.complete("the broker's files in "
                        + home.resolve("broker") + " cannot be read and written (" + cause.getMessage()
                        + "); mend the disk, or give the process more file handles"));
        // a message for each session that opens or closes, which nobody reads; those of the last ones meet a broker
        // that ends
        server.getActiveMQServer().getManagementService().enableNotifications(false);
    }

    /** Completed, with words for people, when its disk failed: then it has ended by itself, and takes and gives nothing more. */
    public CompletableFuture<String> fault() {
        return fault;
    }

    /** As whom Mailchute itself comes in. */
    public BrokerLogin login() {
        return login;
    }

    /** How Mailchute itself comes in. */
    public ActiveMQConnectionFactory factory() {
        ActiveMQConnectionFactory factory = ArtemisClient.inside(number);
        factory.setUser(login.user());
        factory.setPassword(login.password().reveal());
        return factory;
    }

    /** The port that users find; -1 when there is none. */
    public int port() {
        return border == null ? -1 : border.port();
    }

    @Override
    public long count(String queue) {
        Queue found = server.getActiveMQServer().locateQueue(SimpleString.of(queue));
        return found == null ? -1 : Math.max(0, found.getMessageCount()); // Artemis' own count may fall below
    }

    @Override
    public void make(String queue) {
        try {
            create(queue);
        } catch (Exception e) {
            throw new IllegalStateException("the queue " + queue + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** For whoever else is in this process. */
    public String url() {
        return "vm://" + number;
    }

    /** The ids of all messages that some queue still speaks of, those waiting for a later time included. */
    public KnownIds referenced() throws Exception {
        KnownIds ids = new KnownIds();
        for (String name : queues().toList()) {
            Queue queue = server.getActiveMQServer().locateQueue(SimpleString.of(name));
            if (queue != null && Queues.isOurs(name)) {
                collect(queue, ids);
            }
        }
        return ids;
    }

    /** All there are. */
    public Stream<String> queues() {
        return server.getActiveMQServer()
                .getPostOffice()
                .getAllBindings()
                .map(binding -> binding.getUniqueName().toString());
    }

    private static void collect(Queue queue, KnownIds ids) throws Exception {
        for (MessageReference scheduled : queue.getScheduledMessages()) {
            mentioned(scheduled, ids);
        }
        try (LinkedListIterator<MessageReference> messages = queue.browserIterator()) {
            while (messages.hasNext()) {
                mentioned(messages.next(), ids);
            }
        }
    }

    private static void mentioned(MessageReference reference, KnownIds ids) {
        java.util.regex.Matcher id = QUEUE_ID.matcher(text(reference));
        while (id.find()) {
            ids.add(new QueueId(id.group(1)));
        }
    }

    /** Empty for what is no text message: not of ours, whoever put it there. */
    private static String text(MessageReference reference) {
        try {
            SimpleString text =
                    reference.getMessage().toCore().getReadOnlyBodyBuffer().readNullableSimpleString();
            return text == null ? "" : text.toString();
        } catch (RuntimeException e) {
            return "";
        }
    }

    private static final java.util.regex.Pattern QUEUE_ID =
            java.util.regex.Pattern.compile("\"queueId\":\"([0-9A-Z]{16})\"");

    /** Opens topics for those who listen. */
    public void topics(Iterable<String> names) throws Exception {
        for (String name : names) {
            server.getActiveMQServer()
                    .addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(name), RoutingType.MULTICAST));
        }
    }

    private void create(String queue) throws Exception {
        server.getActiveMQServer()
                .createQueue(
                        QueueConfiguration.of(queue)
                                .setAddress(queue)
                                .setRoutingType(RoutingType.ANYCAST)
                                .setDurable(true)
                                .setAutoCreateAddress(true)
                                .setAutoDelete(false),
                        true);
    }

    @Override
    public void close() throws Exception {
        Border open = border;
        if (open != null) {
            open.shut();
        }
        server.stop();
        if (open != null) {
            open.close();
        }
    }
}
