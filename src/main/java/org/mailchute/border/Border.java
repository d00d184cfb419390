package org.mailchute.border;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerBasePlugin;
import org.jspecify.annotations.Nullable;
import org.mailchute.door.Guessers;

/** All that stands between applications and the embedded broker. */
public final class Border implements AutoCloseable {
    /** The port's name inside the broker. */
    public static final String ACCEPTOR = "applications";

    public static final int CONNECTIONS = 200;

    private final Clock clock;
    private final Acceptor acceptor;
    private final EmbeddedActiveMQ broker;
    private final Farewell farewell;
    private final Strangers strangers;
    private final RemoteUsers users;
    private final CoreSizes coreSizes;
    private final List<ActiveMQServerBasePlugin> plugins;
    private @Nullable AcceptorPort porch;

    /**
     * @param own Mailchute's login
     * @param heap of the process, octets
     */
    public Border(Acceptor acceptor, BrokerLogin own, EmbeddedActiveMQ broker, long heap, Clock clock) {
        this.clock = clock;
        this.farewell = new Farewell(clock);
        this.strangers = new Strangers(Strangers.DEADLINE, farewell);
        this.acceptor = acceptor;
        this.broker = broker;
        this.users = new RemoteUsers(own, acceptor, this::creator, Guessers.ofEachUser("broker", clock));
        MessageSizes allowance = MessageSizes.of(acceptor.maxMessageBytes(), () -> server().getDiskStoreUsage());
        this.coreSizes = new CoreSizes(allowance, strangers, farewell);
        this.plugins = List.of(
                new RemoteGuard(
                        users,
                        own.user(),
                        allowance,
                        new UncommittedSends(heap, acceptor.users().size())),
                new Expired(own.user()),
                new TemporaryOnly(),
                new Readers(own.user(), this::server),
                new UserConnections(own.user(), acceptor.users().size(), this::server),
                strangers,
                coreSizes,
                new AmqpSizes(allowance, farewell));
    }

    private ActiveMQServer server() {
        return broker.getActiveMQServer();
    }

    /** The user that made a queue; empty for Mailchute's own and for none. */
    private String creator(String queue) {
        Queue found = server().locateQueue(SimpleString.of(queue));
        return found == null || found.getUser() == null ? "" : found.getUser().toString();
    }

    /** Who may do what. */
    public RemoteUsers users() {
        return users;
    }

    /** For the broker's configuration. */
    public List<ActiveMQServerBasePlugin> plugins() {
        return plugins;
    }

    /** Once the broker runs. */
    public void open() {
        server().getRemotingService()
                .addIncomingInterceptor(
                        new CoreGuard(strangers, new CoreQueries(server(), users), coreSizes, farewell));
        porch = new AcceptorPort(
                acceptor, (NettyAcceptor) server().getRemotingService().getAcceptor(ACCEPTOR), strangers, clock);
    }

    /** The port that users find. */
    public int port() {
        return Objects.requireNonNull(porch, "not open").port();
    }

    /** From now on nobody comes in. */
    public void shut() {
        if (porch != null) {
            porch.shut();
        }
    }

    /** After the broker. */
    @Override
    public void close() {
        if (porch != null) {
            porch.close();
        }
    }
}
