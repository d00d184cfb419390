package org.mailchute.it;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.mailchute.testing.Patience;

/** An application that publishes mail requests at the broker's port, by Artemis' own protocol, over one kept connection. */
final class Application implements AutoCloseable {
    private static final String PASSWORD = "kX9-billing";
    private static final Pattern PORT = Pattern.compile("applications reach the broker at 127\\.0\\.0\\.1:(\\d+)");

    private final ActiveMQConnectionFactory factory;
    private final JMSContext session;
    private final Queue queue;
    private final JMSProducer producer;

    private Application(int port) {
        factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port + "?callTimeout=" + Patience.MILLIS);
        session = factory.createContext("billing", PASSWORD, JMSContext.SESSION_TRANSACTED);
        queue = session.createQueue("mail.requests");
        producer = session.createProducer();
    }

    /** YAML below {@code intake:}. @param keys further ones */
    static String intake(String keys) {
        return "  jms: [{name: applications, queue: mail.requests, from: billing@contoso.example%s}]\n".formatted(keys);
    }

    /** YAML at the top. @param root where its password is kept */
    static String settings(Path root) throws IOException {
        Path password = Files.writeString(root.resolve("password"), PASSWORD);
        return """
                broker:
                  accept:
                    port: 0
                    protocols: [core]
                    users: [{name: billing, password: "${file:%s}", maySend: mail.requests}]
                """.formatted(password);
    }

    static Application of(RunningJar gateway) throws IOException {
        Matcher port = PORT.matcher(gateway.output());
        if (!port.find()) {
            throw new AssertionError("no port for applications");
        }
        return new Application(Integer.parseInt(port.group(1)));
    }

    /** In one transaction; returns when the broker has them on disk. */
    void publish(List<String> requests) {
        requests.forEach(request -> producer.send(queue, request));
        session.commit();
    }

    @Override
    public void close() {
        session.close();
        factory.close();
    }
}
