package org.mailchute.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Shown;
import org.springframework.core.InfrastructureProxy;

/**
 * A pool's connections, each of whose sessions is ended by those alone who use it. Spring closes the connection that all
 * consumers of a route share when one of them fails; the pool would then roll back the others' sessions while they send, and
 * lend them to somebody else: half a transaction would be lost, the other half committed (promise P1).
 */
final class SessionsApart implements ConnectionFactory, InfrastructureProxy {
    /** More than a gateway has, whatever names it is asked to answer to. */
    private static final int MOST_QUEUES = 1_000;

    private final ConnectionFactory pool;
    private final ConnectionFactory joins;
    private final Receives receives;
    private final Optional<Reception> reception;
    private final Map<String, Queue> ours = new ConcurrentHashMap<>();

    private SessionsApart(
            ConnectionFactory pool, ConnectionFactory joins, Receives receives, Optional<Reception> reception) {
        this.pool = pool;
        this.joins = joins;
        this.receives = receives;
        this.reception = reception;
    }

    static SessionsApart of(ConnectionFactory pool, Receives receives) {
        return new SessionsApart(pool, pool, receives, Optional.empty());
    }

    /**
     * For consumers of a queue that others fill.
     *
     * @param pool of connections that nothing else uses
     * @param joins what is sent by it while a message is handled joins the transaction of that message
     * @param reception told how receiving goes
     */
    static SessionsApart reading(
            ConnectionFactory pool, ConnectionFactory joins, Receives receives, Reception reception) {
        return new SessionsApart(pool, joins, receives, Optional.of(reception));
    }

    /** Spring finds the transaction of a thread by it. */
    @Override
    public Object getWrappedObject() {
        return joins;
    }

    @Override
    public Connection createConnection() throws JMSException {
        try {
            return connection(pool.createConnection());
        } catch (JMSException e) {
            reception.ifPresent(told -> told.broken(e));
            throw e;
        }
    }

    private Connection connection(Connection own) {
        return around(
                Connection.class,
                (method, arguments) -> method.getName().equals("createSession")
                        ? session(method, arguments)
                        : plain(own, method, arguments));
    }

    /** By a connection of the pool that it does not share with another session. */
    private Session session(Method method, Object @Nullable [] arguments) throws Throwable {
        Connection own = pool.createConnection();
        try {
            own.start();
            Session session = (Session) Objects.requireNonNull(plain(own, method, arguments));
            return around(Session.class, (call, with) -> ofSession(own, session, call, with));
        } catch (Throwable e) {
            own.close();
            throw e;
        }
    }

    private @Nullable Object ofSession(Connection own, Session session, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("close")) {
            own.close(); // and the session with it
            return null;
        }
        if (method.getName().equals("createQueue") && arguments != null) {
            return queue(session, (String) arguments[0]);
        }
        Object made = plain(session, method, arguments);
        return made instanceof MessageConsumer consumer ? ofConsumer(session, consumer, queueName(arguments)) : made;
    }

    /**
     * Artemis' client asks the broker each time whether the queue is there, and camel-jms asks for it with each message. Ours are few, and stay;
     * those of answers are without number.
     */
    private Queue queue(Session session, String name) throws JMSException {
        Queue known = ours.get(name);
        if (known != null) {
            return known;
        }
        Queue found = session.createQueue(name);
        if (Queues.isOurs(name) && ours.size() < MOST_QUEUES) {
            ours.put(name, found);
        }
        return found;
    }

    private static String queueName(Object @Nullable [] arguments) throws JMSException {
        return arguments != null && arguments[0] instanceof Queue queue ? queue.getQueueName() : "";
    }

    private MessageConsumer ofConsumer(Session session, MessageConsumer consumer, String queue) {
        return around(
                MessageConsumer.class,
                (method, arguments) -> method.getName().startsWith("receive")
                        ? received(
                                session, () -> receives.of(consumer, queue, () -> plain(consumer, method, arguments)))
                        : plain(consumer, method, arguments));
    }

    /** Where there is no reception it is a queue of our own, which others may reach at a broker elsewhere. */
    private @Nullable Object received(Session session, Receives.Receive receive) throws Throwable {
        if (reception.isPresent()) {
            return reception.get().of(session, receive);
        }
        try {
            return receive.now();
        } catch (RuntimeException unreadable) {
            throw givenBack(session, unreadable);
        }
    }

    /** As an attempt that failed, so that the broker sets that message aside in the end. */
    private static JMSException givenBack(Session session, RuntimeException unreadable) throws JMSException {
        Reception.giveBack(session);
        JMSException said = new JMSException("a message cannot be read (" + Shown.line(String.valueOf(unreadable))
                + "); the broker gives it again, and in the end sets it aside: look at who sends there");
        said.initCause(unreadable);
        return said;
    }

    @FunctionalInterface
    private interface Call {
        @Nullable
        Object of(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T around(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                SessionsApart.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> arguments != null && proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> call.of(method, arguments);
                }));
    }

    private static @Nullable Object plain(Object inner, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    @Override
    public Connection createConnection(String user, String password) {
        throw new UnsupportedOperationException("the login is the pool's");
    }

    @Override
    public JMSContext createContext() {
        return pool.createContext();
    }

    @Override
    public JMSContext createContext(int mode) {
        return pool.createContext(mode);
    }

    @Override
    public JMSContext createContext(String user, String password) {
        throw new UnsupportedOperationException("the login is the pool's");
    }

    @Override
    public JMSContext createContext(String user, String password, int mode) {
        throw new UnsupportedOperationException("the login is the pool's");
    }
}
