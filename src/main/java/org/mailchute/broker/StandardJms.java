package org.mailchute.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says in standard words what the routes say in Artemis': a message's time becomes the producer's delivery delay (JMS 2.0
 * section 7.9), and Artemis' own properties are left out. All else passes through.
 */
record StandardJms(Clock clock) {
    private static final String OF_ARTEMIS = "_AMQ_";
    private static final String SCHEDULED = "_AMQ_SCHED_DELIVERY";

    static ConnectionFactory over(ConnectionFactory factory, Clock clock) {
        return new StandardJms(clock).around(ConnectionFactory.class, factory);
    }

    private <T> T around(Class<T> type, Object inner) {
        return type.cast(Proxy.newProxyInstance(
                StandardJms.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(inner, method, arguments)));
    }

    private @Nullable Object call(Object inner, Method method, Object @Nullable [] arguments) throws Throwable {
        if (inner instanceof MessageProducer producer && method.getName().equals("send") && arguments != null) {
            return send(producer, method, arguments);
        }
        Object result = plain(inner, method, arguments);
        if (result instanceof Connection connection && method.getName().equals("createConnection")) {
            return around(Connection.class, connection);
        }
        if (result instanceof Session session && method.getName().equals("createSession")) {
            return around(Session.class, session);
        }
        return result instanceof MessageProducer producer ? around(MessageProducer.class, producer) : result;
    }

    private @Nullable Object send(MessageProducer producer, Method method, Object[] arguments) throws Throwable {
        Message message = Arrays.stream(arguments)
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .findFirst()
                .orElseThrow();
        producer.setDeliveryDelay(delay(message));
        clean(message);
        try {
            return plain(producer, method, arguments);
        } finally {
            producer.setDeliveryDelay(0);
        }
    }

    private long delay(Message message) throws JMSException {
        return message.propertyExists(SCHEDULED) ? Math.max(0, message.getLongProperty(SCHEDULED) - clock.millis()) : 0;
    }

    /** JMS can only take all properties away. */
    private static void clean(Message message) throws JMSException {
        Map<String, Object> kept = new LinkedHashMap<>();
        boolean foreign = false;
        for (Object name : Collections.list(message.getPropertyNames())) {
            String property = String.valueOf(name);
            if (property.startsWith(OF_ARTEMIS)) {
                foreign = true;
            } else if (!property.startsWith("JMSX")) {
                kept.put(property, message.getObjectProperty(property));
            }
        }
        if (foreign) {
            message.clearProperties();
            for (Map.Entry<String, Object> property : kept.entrySet()) {
                message.setObjectProperty(property.getKey(), property.getValue());
            }
        }
    }

    private static @Nullable Object plain(Object inner, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
