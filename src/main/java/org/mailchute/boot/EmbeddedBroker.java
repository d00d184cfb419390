package org.mailchute.boot;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.mailchute.spool.QueueId;
import org.mailchute.steps.Queues;
import org.mailchute.steps.Schedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Artemis inside this process, its journal on disk below the home; reached only from inside (no port). */
final class EmbeddedBroker implements BrokerView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final String url;

    private EmbeddedBroker(String url) {
        this.url = url;
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException when the journal belongs to another running gateway or cannot be read
     */
    static EmbeddedBroker start(Path home, Iterable<String> queues) throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker("vm://" + NUMBER.incrementAndGet());
        broker.server.setConfiguration(configuration(home, broker.url));
        broker.server.start();
        if (!broker.server.getActiveMQServer().waitForActivation(30, java.util.concurrent.TimeUnit.SECONDS)) {
            broker.server.stop();
            throw new IllegalStateException(
                    "the journal in " + home + " is in use: is another Mailchute running with this home?");
        }
        for (String queue : queues) {
            broker.create(queue);
        }
        return broker;
    }

    @Override
    public long count(String queue) {
        Queue found = server.getActiveMQServer().locateQueue(SimpleString.of(queue));
        return found == null ? -1 : found.getMessageCount();
    }

    @Override
    public void wake(String queue) {
        Queue found = server.getActiveMQServer().locateQueue(SimpleString.of(queue));
        if (found == null) {
            return;
        }
        try {
            found.deliverScheduledMessages(Schedule.WAITS_FOR_LANE + " = TRUE");
        } catch (ActiveMQException e) {
            LOG.warn("messages of {} leave at the time they were given: {}", queue, e.toString());
        }
    }

    String url() {
        return url;
    }

    /** The ids of all messages that some queue still speaks of, those waiting for a later time included. */
    Set<QueueId> referenced() throws Exception {
        Set<QueueId> ids = new HashSet<>();
        for (String name : queues().toList()) {
            Queue queue = server.getActiveMQServer().locateQueue(SimpleString.of(name));
            if (queue != null && name.startsWith("mailchute.")) {
                collect(queue, ids);
            }
        }
        return ids;
    }

    private Stream<String> queues() {
        return server.getActiveMQServer()
                .getPostOffice()
                .getAllBindings()
                .map(binding -> binding.getUniqueName().toString());
    }

    private static void collect(Queue queue, Set<QueueId> ids) throws Exception {
        for (MessageReference scheduled : queue.getScheduledMessages()) {
            mentioned(scheduled, ids);
        }
        try (LinkedListIterator<MessageReference> messages = queue.browserIterator()) {
            while (messages.hasNext()) {
                mentioned(messages.next(), ids);
            }
        }
    }

    private static void mentioned(MessageReference reference, Set<QueueId> ids) {
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

    /** Lane queues that hold messages and have no lane: it was renamed, or taken out of the settings. */
    List<String> stranded(Collection<String> known) {
        return queues().filter(name -> name.matches("mailchute\\.(submission|direct-send|relay)\\..*"))
                .filter(name -> !known.contains(name) && count(name) > 0)
                .sorted()
                .toList();
    }

    private void create(String queue) throws Exception {
        server.getActiveMQServer()
                .createQueue(
                        QueueConfiguration.of(queue)
                                .setAddress(queue)
                                .setRoutingType(RoutingType.ANYCAST)
                                .setDurable(true)
                                .setAutoDelete(false),
                        true);
    }

    private static Configuration configuration(Path home, String url) throws Exception {
        Path data = home.resolve("broker");
        return new ConfigurationImpl()
                .setName("mailchute")
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false) // nothing but this process can reach it
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setLargeMessagesDirectory(data.resolve("large-messages").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setNodeManagerLockDirectory(data.resolve("journal").toString())
                .setJournalFileSize(4 << 20)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(8)
                .setJournalBufferTimeout_NIO(500_000)
                .setIDCacheSize(20_000)
                .setPersistIDCache(true)
                .setMaxDiskUsage(95)
                .setJMXManagementEnabled(false)
                .setCriticalAnalyzer(false)
                .addAcceptorConfiguration("vm", url)
                .addAddressSetting("#", addressSettings(Queues.UNDELIVERABLE))
                .addAddressSetting("mailchute.#", addressSettings(Queues.DEAD_LETTERS));
    }

    /** Without a dead letter address with a queue Artemis drops a message after its last delivery attempt. */
    private static AddressSettings addressSettings(String deadLetters) {
        return new AddressSettings()
                .setExpiryAddress(SimpleString.of(Queues.UNDELIVERABLE)) // nothing of ours expires
                .setDeadLetterAddress(SimpleString.of(deadLetters))
                .setMaxDeliveryAttempts(10)
                .setRedeliveryDelay(1_000)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(60_000)
                .setAutoCreateQueues(true)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
