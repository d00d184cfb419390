package org.mailchute.it;

import io.netty.pkitesting.X509Bundle;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.Patience;

/** The port of the embedded broker: TLS, one application, and how it comes there by Artemis' protocol and by AMQP. */
final class BrokerPort {
    static final String USER = "billing";
    static final String PASSWORD = "kX9-billing";

    private final int port;
    private final Path trust;
    private final String settings;

    BrokerPort(Path root, int port) throws Exception {
        this.port = port;
        Certificates authority = new Certificates();
        X509Bundle own = authority.server("localhost", "127.0.0.1");
        trust = authority.trustStore(root, "secret");
        Path chain = Files.writeString(root.resolve("broker.pem"), own.getCertificatePEM());
        Path key = Files.writeString(root.resolve("broker-key.pem"), own.getPrivateKeyPEM());
        Path password = Files.writeString(root.resolve("billing-password"), PASSWORD);
        settings = """
                broker:
                  accept:
                    port: %d
                    protocols: [core, amqp]
                    certificate: {chain: "%s", key: "%s"}
                    users: [{name: %s, password: "${file:%s}", maySend: mail.requests}]
                """.formatted(port, chain, key, USER, password);
    }

    /** The section as YAML. */
    String settings() {
        return settings;
    }

    ConnectionFactory core() {
        return new ActiveMQConnectionFactory("tcp://localhost:" + port
                + "?sslEnabled=true;trustStoreType=PKCS12;trustStorePassword=secret;trustStorePath=" + trust);
    }

    ConnectionFactory amqp() {
        return new JmsConnectionFactory("amqps://localhost:" + port
                + "?transport.trustStoreType=PKCS12&transport.trustStorePassword=secret&transport.trustStoreLocation="
                + trust);
    }

    /** Publishes a mail request and returns the first answer. */
    static String ask(ConnectionFactory way, String subject) throws JMSException {
        try (JMSContext application = way.createContext(USER, PASSWORD)) {
            var answers = application.createTemporaryQueue();
            Message request = application.createTextMessage(
                    "{\"to\": [\"anna@contoso.example\"], \"subject\": \"%s\", \"text\": \"T\"}".formatted(subject));
            request.setJMSReplyTo(answers);
            application.createProducer().send(application.createQueue("mail.requests"), request);
            Message answer = application.createConsumer(answers).receive(Patience.MILLIS);
            return Objects.requireNonNull(answer, "no answer").getBody(String.class);
        }
    }
}
