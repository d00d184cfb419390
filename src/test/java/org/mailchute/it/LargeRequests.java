package org.mailchute.it;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.mailchute.testing.Patience;

/** An application whose requests are larger than the gateway's heap; they are made as they are sent. */
final class LargeRequests {
    /** 57 octets of content. */
    private static final byte[] LINE = "QUJD".repeat(19).getBytes(StandardCharsets.US_ASCII);

    private final Path root;

    LargeRequests(Path root) {
        this.root = root;
    }

    /** YAML below {@code intake:}. */
    String intake() {
        return "  jms: [{name: applications, queue: mail.requests, maxRequestSize: 250MB, from: billing@contoso.example}]\n";
    }

    /** YAML at the top. */
    String settings() throws IOException {
        Path password = Files.writeString(root.resolve("password"), "kX9-billing");
        return """
                broker:
                  accept:
                    port: 0
                    protocols: [core, amqp]
                    maxMessageSize: 250MB
                    users: [{name: billing, password: "${file:%s}", maySend: mail.requests}]
                """.formatted(password);
    }

    /** The request in a property, its attachment of this size the body. */
    void sendBeside(RunningJar gateway, long size) throws Exception {
        send(
                gateway,
                "{\"to\": \"anna@contoso.example\", \"attachments\": [{\"name\": \"a.bin\", \"body\": true}]}",
                lines(size / LINE.length));
    }

    /** The request as the body, its attachment in base64 within. */
    void sendInside(RunningJar gateway, long size) throws Exception {
        send(gateway, null, request(size));
    }

    private static void send(RunningJar gateway, @Nullable String request, InputStream content) throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(
                        "tcp://127.0.0.1:" + port(gateway) + "?callTimeout=" + Patience.MILLIS);
                JMSContext application = factory.createContext("billing", "kX9-billing")) {
            BytesMessage message = application.createBytesMessage();
            if (request != null) {
                message.setStringProperty("mailRequest", request);
            }
            message.setObjectProperty("JMS_AMQ_InputStream", content);
            application.createProducer().send(application.createQueue("mail.requests"), message);
        }
    }

    private static InputStream request(long size) {
        return new SequenceInputStream(Collections.enumeration(List.of(
                text(
                        "{\"id\": \"large-1\", \"to\": \"anna@contoso.example\", \"attachments\": [{\"name\": \"b.bin\", \"content\": \""),
                lines(size * 4 / 3 / LINE.length + 1),
                text("\"}]}"))));
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** So many lines, made as they are read. */
    private static InputStream lines(long count) {
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                return at < count * LINE.length ? LINE[(int) (at++ % LINE.length)] : -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                int inLine = (int) (at % LINE.length);
                int some = at < count * LINE.length ? Math.min(length, LINE.length - inLine) : -1;
                if (some > 0) {
                    System.arraycopy(LINE, inLine, into, from, some);
                    at += some;
                }
                return some;
            }
        };
    }

    private static int port(RunningJar gateway) throws IOException {
        return Integer.parseInt(
                gateway.output().replaceFirst("(?s).*applications reach the broker at 127\\.0\\.0\\.1:(\\d+).*", "$1"));
    }
}
