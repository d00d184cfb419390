package org.mailchute.gateway;

import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A JMS client that fails in the receive of each message that is marked {@code odd}. */
public final class Stumbling {
    private Stumbling() {}

    public static Connection over(Connection client) {
        return around(Connection.class, client);
    }

    private static <T> T around(Class<T> type, Object inner) {
        return type.cast(Proxy.newProxyInstance(
                Stumbling.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return seen(method.invoke(inner, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }

    private static @Nullable Object seen(@Nullable Object result) throws Exception {
        if (result instanceof Message message && message.getJMSMessageID() != null && message.propertyExists("odd")) {
            throw new IllegalStateException("our own doing");
        }
        if (result instanceof Session session) {
            return around(Session.class, session);
        }
        return result instanceof MessageConsumer consumer ? around(MessageConsumer.class, consumer) : result;
    }
}
