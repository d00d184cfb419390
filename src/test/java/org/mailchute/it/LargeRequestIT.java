package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.Patience;

class LargeRequestIT {
    private static final long SIZE = 100L << 20;
    /** 57 octets of content. */
    private static final byte[] LINE = "QUJD".repeat(19).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path root;

    @Test
    @DisplayName(
            "P8: a heap of 64 MB carries 100 MB from an application's message to the server, beside a request and inside it")
    void aLargeRequestPassesASmallHeap() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard());
                RunningJar gateway = RunningJar.carrying(root, "64m", settings(work))) {
            gateway.awaitUp();
            try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(
                            "tcp://127.0.0.1:" + port(gateway) + "?callTimeout=" + Patience.MILLIS);
                    JMSContext application = factory.createContext("billing", "kX9-billing")) {
                BytesMessage document = application.createBytesMessage();
                document.setStringProperty(
                        "mailRequest",
                        "{\"to\": \"anna@contoso.example\", \"attachments\": [{\"name\": \"a.bin\", \"body\": true}]}");
                send(application, document, lines(SIZE / LINE.length));
                awaitMail(work, 1);

                send(application, application.createBytesMessage(), request());
                awaitMail(work, 2);
            }
            assertThat(gateway.output()).doesNotContain("OutOfMemory");
        }
    }

    private static void send(JMSContext application, BytesMessage message, InputStream content) throws Exception {
        message.setObjectProperty("JMS_AMQ_InputStream", content);
        application.createProducer().send(application.createQueue("mail.requests"), message);
    }

    private static void awaitMail(Workplace work, int count) throws IOException {
        Awaitility.await("mail " + count).until(() -> work.received().size() == count);
        assertThat(Files.size(work.received().get(count - 1).file())).isGreaterThan(SIZE * 4 / 3);
    }

    private static InputStream request() {
        return new SequenceInputStream(Collections.enumeration(List.of(
                text(
                        "{\"id\": \"large-1\", \"to\": \"anna@contoso.example\", \"attachments\": [{\"name\": \"b.bin\", \"content\": \""),
                lines(SIZE * 4 / 3 / LINE.length + 1),
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

    private Path settings(Workplace work) throws Exception {
        Path password = Files.writeString(root.resolve("password"), "kX9-billing");
        Path file = work.settings(work.folder("home"));
        String jms =
                "  jms: [{name: applications, queue: mail.requests, maxRequestSize: 250MB, from: billing@contoso.example}]\n";
        return Files.writeString(
                file, Files.readString(file).replace("  folders:", jms + "  folders:") + """
                broker:
                  accept:
                    port: 0
                    protocols: [core, amqp]
                    maxMessageSize: 250MB
                    users: [{name: billing, password: "${file:%s}", maySend: mail.requests}]
                """.formatted(password));
    }
}
