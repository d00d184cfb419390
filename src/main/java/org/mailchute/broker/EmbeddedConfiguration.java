package org.mailchute.broker;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.ResourceLimitSettings;
import org.mailchute.border.Acceptor;
import org.mailchute.border.Border;
import org.mailchute.border.BrokerLogin;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.deferred.Places;

/** What the embedded Artemis is told: its files, its queues' rules, and who may come in from outside. */
public final class EmbeddedConfiguration {

    /** Per cent of the disk; then nothing is written any more until there is room. */
    static final int FULL = 95;

    /** Where Artemis looks for the rules of temporary queues. */
    private static final String TEMPORARY = "temporary";

    private static final int SESSIONS_OF_A_USER = 200;
    private static final int TEMPORARY_QUEUES_OF_A_USER = 500;

    /** Of message groups (JMSXGroupID) in a queue that users fill: Artemis would remember each name for as long as there is a reader. */
    private static final int GROUPS = 1_024;

    /** Octets of one file of those that wait on disk, at most. */
    private static final int PAGE = 1 << 20;

    private static final int PAGE_OF_WAITING = 32 << 10;
    private static final int AHEAD_OF_WAITING = 10;

    /** More than are moved in one transaction: those are in memory until it ends. */
    private static final int MOVED_AT_ONCE = 500;

    /** A client that says nothing for so long is gone, ms. */
    private static final String IDLE = "60000";

    private final long heap;
    private final Configuration configuration;

    /**
     * @param number by which those in this process find it
     * @param heap what waits beyond a share of it waits on disk (promise P8): a lane may be held over a weekend
     */
    public EmbeddedConfiguration(Path home, int number, long heap) throws Exception {
        this.heap = heap;
        Path data = home.resolve("broker");
        configuration = new ConfigurationImpl()
                .setName("mailchute")
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false) // nothing but this process can reach it
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setLargeMessagesDirectory(data.resolve("large-messages").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setNodeManagerLockDirectory(data.resolve("journal").toString())
                .setJournalFileSize(page() * 4)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(8)
                .setJournalBufferTimeout_NIO(500_000)
                .setIDCacheSize(20_000)
                .setPersistIDCache(true)
                .setMaxDiskUsage(FULL)
                .setGlobalMaxSize(2 * inMemory())
                .setJMXManagementEnabled(false)
                .setCriticalAnalyzer(false)
                // there is no such file: a start of more than 5 s would take all of this for outdated and forget it
                // (Artemis 2.55, findings/artemis-slow-start-forgets-its-configuration.sh)
                .setConfigurationFileRefreshPeriod(-1)
                .addAcceptorConfiguration(
                        new TransportConfiguration(InVMAcceptorFactory.class.getName(), inside(number), "vm"))
                .addAddressSetting("#", addressSettings(Queues.UNDELIVERABLE))
                .addAddressSetting(Queues.ALL, addressSettings(Queues.DEAD_LETTERS))
                .addAddressSetting(Queues.DEAD_LETTERS, takenByHand())
                .addAddressSetting(Places.ALL_DEFERRED, waiting())
                .addAddressSetting(Places.ALL_WAITING, waiting());
    }

    static Map<String, Object> inside(int number) {
        return Map.of(
                org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants.SERVER_ID_PROP_NAME, number);
    }

    /**
     * Prepares for a port. From then on everybody must log in, Mailchute itself too.
     *
     * @throws CredentialException when the certificate cannot be used
     */
    void open(Acceptor acceptor, Border border) throws CredentialException {
        configuration
                .setSecurityEnabled(true)
                // what is right for one connection would be for all, whoever is shut out
                .setAuthenticationCacheSize(0)
                .setPopulateValidatedUser(true) // so that each user's request ids are its own
                // Artemis' default login for clusters is known to everybody, and may do all
                .setClusterUser(BrokerLogin.fresh().password().reveal())
                .setClusterPassword(BrokerLogin.fresh().password().reveal())
                .setUuidNamespace(TEMPORARY)
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(), port(acceptor), Border.ACCEPTOR))
                .addAddressSetting(TEMPORARY + ".#", temporary())
                .addAddressSetting(Queues.UNDELIVERABLE, bounded(PageFullMessagePolicy.DROP));
        border.plugins().forEach(configuration::registerBrokerPlugin);
        for (Acceptor.User user : acceptor.users()) {
            user.maySend()
                    .forEach(queue -> configuration.addAddressSetting(queue, bounded(PageFullMessagePolicy.FAIL)));
            // an application that never reads its answers must not stop mail, so further ones are dropped
            user.mayRead()
                    .forEach(queue -> configuration.addAddressSetting(queue, bounded(PageFullMessagePolicy.DROP)));
            configuration.addResourceLimitSettings(limits(user));
        }
    }

    public Configuration done() {
        return configuration;
    }

    private static Map<String, Object> port(Acceptor acceptor) throws CredentialException {
        Map<String, Object> port = new HashMap<>();
        port.put(TransportConstants.HTTP_UPGRADE_ENABLED_PROP_NAME, true); // it opens no port: AcceptorPort does
        port.put(TransportConstants.REMOTING_THREADS_PROPNAME, 1);
        port.put(
                TransportConstants.PROTOCOLS_PROP_NAME,
                acceptor.protocols().stream().map(Enum::name).collect(Collectors.joining(",")));
        port.put(TransportConstants.CONNECTIONS_ALLOWED, Border.CONNECTIONS);
        port.put(TransportConstants.CONNECTION_TTL_MAX, IDLE);
        port.put(TransportConstants.CONNECTION_TTL, IDLE);
        port.put("amqpIdleTimeout", IDLE);
        port.put("saslMechanisms", "PLAIN");
        if (acceptor.certificate().isPresent()) {
            RenewedTls tls = new RenewedTls(Optional.empty(), acceptor.certificate(), Clock.systemUTC());
            BrokerTls.server(port, tls);
        }
        return port;
    }

    private static ResourceLimitSettings limits(Acceptor.User user) {
        ResourceLimitSettings limits = new ResourceLimitSettings();
        limits.setMatch(SimpleString.of(user.name()));
        limits.setMaxSessions(SESSIONS_OF_A_USER);
        limits.setMaxQueues(TEMPORARY_QUEUES_OF_A_USER);
        return limits;
    }

    /** Without a dead letter address with a queue Artemis drops a message after its last delivery attempt. */
    private AddressSettings addressSettings(String deadLetters) {
        return new AddressSettings()
                .setExpiryAddress(SimpleString.of(Queues.UNDELIVERABLE)) // nothing of ours expires
                .setDeadLetterAddress(SimpleString.of(deadLetters))
                .setMaxDeliveryAttempts(10)
                .setRedeliveryDelay(1_000)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(60_000)
                .setAutoCreateQueues(false) // a mistyped name is an error, not a queue that nobody reads
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setMaxSizeBytes(inMemory())
                .setPageSizeBytes(page())
                // what was scheduled at the start counts against these for as long as the broker runs (Artemis 2.55,
                // findings/artemis-scheduled-starves-paging.sh), and can be no more than is kept in memory
                .setPrefetchPageBytes(readAhead())
                .setMaxReadPageBytes(readAhead())
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
    }

    /**
     * What waits for a later time or its lane: on disk from the first one on, and read when it is moved on. Artemis reads ahead
     * for queues without a reader too, and its estimate of what a message takes in memory is a fifth of the truth.
     */
    private AddressSettings waiting() {
        return addressSettings(Queues.DEAD_LETTERS)
                .setMaxDeliveryAttempts(-1) // moving it fails for the broker's reasons only
                .setRedeliveryDelay(0)
                .setMaxSizeBytes(0) // "an address will always use paging"
                .setPageSizeBytes(PAGE_OF_WAITING)
                .setPrefetchPageMessages(AHEAD_OF_WAITING)
                .setMaxReadPageMessages(MOVED_AT_ONCE);
    }

    /** A person may try in vain as often as they like, and try again at once. */
    private AddressSettings takenByHand() {
        return addressSettings(Queues.UNDELIVERABLE).setMaxDeliveryAttempts(-1).setRedeliveryDelay(0);
    }

    /** Of one queue, octets by Artemis' estimate, which is a fifth of the truth: a lane that is behind and its events fit beside the rest. */
    private long inMemory() {
        return heap / 64;
    }

    private int page() {
        return (int) Math.min(PAGE, inMemory() / 4);
    }

    private int readAhead() {
        return (int) Math.min(Integer.MAX_VALUE, inMemory());
    }

    /** What users fill: some of it in memory, more on disk, then no more. */
    private AddressSettings bounded(PageFullMessagePolicy full) {
        return addressSettings(Queues.UNDELIVERABLE)
                .setMaxSizeBytes(4 << 20)
                .setDefaultGroupBuckets(GROUPS)
                .setPageLimitBytes(500L << 20)
                .setPageLimitMessages(20_000L)
                .setPageFullMessagePolicy(full);
    }

    /** An answer that comes after its reader has gone makes the queue anew; it goes after a minute, read or not. */
    private AddressSettings temporary() {
        return bounded(PageFullMessagePolicy.DROP)
                .setAutoDeleteQueues(true)
                .setAutoDeleteQueuesDelay(60_000)
                .setAutoDeleteQueuesMessageCount(-1)
                .setAutoDeleteAddresses(true);
    }
}
