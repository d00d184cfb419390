package org.mailchute.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.broker.Queues;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.Patience;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** The forms in which mail may be published, and all that is none of them. */
class RequestFormsJourneyTest {
    @RegisterExtension
    static final Town town = new Town().forgetful();

    @RegisterExtension
    final Town other = new Town();

    @BeforeAll
    static void open() throws Exception {
        town.start();
    }

    /** Something that would run if it were ever deserialised. */
    static final class Bomb implements Serializable {
        private static final long serialVersionUID = 1;
        static volatile boolean exploded;

        private void readObject(java.io.ObjectInputStream in) {
            exploded = true;
        }
    }

    @Test
    void aRequestIsTextOrBytesOrStandsBesideItsDocument() throws Exception {
        try (Application application = new Application(town)) {
            application.ask(
                    application.bytes("{\"to\": \"anna@contoso.example\", \"text\": \"as bytes\"}".getBytes(UTF_8)));
            assertThat(Letters.text(town.awaitReceived(1).get(0))).contains("as bytes");

            Message document = application.bytes("%PDF-1.7 the document".getBytes(UTF_8));
            document.setStringProperty("mailRequest", """
                    {"id": "d-1", "to": "anna@contoso.example", "subject": "Document", "text": "See there.",
                     "attachments": [{"name": "a.txt", "content": "YQ=="}, {"name": "b.pdf", "body": true}]}""");
            application.ask(document);

            assertThat(Letters.text(town.awaitReceived(2).get(1)))
                    .contains("Subject: Document", "a.txt", "b.pdf", "JVBERi0xLjcgdGhlIGRvY3VtZW50");
        }
        town.awaitEmptySpool();
    }

    @Test
    void aReadyMadeMessageGoesByItsHeaderOrByTheEnvelopeBesideIt() throws Exception {
        String message = """
                From: Shop <shop@contoso.example>\r
                To: anna@contoso.example\r
                Bcc: ben@contoso.example\r
                Subject: Ready\r
                Message-ID: <own-1@shop.contoso.example>\r
                \r
                As it is.\r
                """;
        try (Application application = new Application(town)) {
            Message byHeader = application.bytes(message.getBytes(UTF_8));
            byHeader.setStringProperty("mailContentType", "message/rfc822");
            application.ask(byHeader);
            DeliveryEvent received = application.event();
            assertThat(received.messageId()).isEqualTo("<own-1@shop.contoso.example>");
            assertThat(received.recipients()).containsExactly("anna@contoso.example", "ben@contoso.example");
            assertThat(Letters.text(town.awaitReceived(1).get(0)))
                    .contains("Message-ID: <own-1@shop.contoso.example>", "As it is.")
                    .doesNotContain("ben@contoso.example");

            Message byEnvelope = application.bytes(message.getBytes(UTF_8));
            byEnvelope.setStringProperty("mailContentType", "message/rfc822");
            byEnvelope.setStringProperty("mailId", "m-2");
            byEnvelope.setStringProperty("mailFrom", "bounces@contoso.example");
            byEnvelope.setStringProperty("mailTo", "carl@contoso.example, dora@contoso.example");
            application.publish(byEnvelope);
            Received second = town.awaitReceived(2).get(1);
            assertThat(second.mailFrom()).isEqualTo("bounces@contoso.example");
            assertThat(second.recipients()).containsExactly("carl@contoso.example", "dora@contoso.example");
        }
    }

    @Test
    void whatIsNoMailEndsRefusedWithAReasonAndBlocksNothing() throws Exception {
        try (Application application = new Application(town)) {
            List<Message> poison = poison(application);
            for (Message message : poison) {
                application.publish(message);
            }
            application.ask(application.text("{\"to\": \"anna@contoso.example\", \"text\": \"after all that\"}"));

            assertThat(application.event().kind()).isEqualTo(Kind.RECEIVED);
            await("all are refused").until(() -> town.events(Kind.REFUSED).size() == poison.size());
            assertThat(town.events(Kind.REFUSED))
                    .allMatch(event ->
                            !event.reason().isBlank() && !event.remedy().isBlank());
            assertThat(FilesIn.folder(town.home().resolve("rejected/applications")))
                    .hasSize(2 * poison.size());
            assertThat(Bomb.exploded).isFalse();
            town.awaitReceived(1);
            town.awaitEmptySpool();
            assertThat(application
                            .context()
                            .createBrowser(application.context().createQueue(Queues.UNDELIVERABLE))
                            .getEnumeration()
                            .hasMoreElements())
                    .isFalse();
        }
    }

    private static List<Message> poison(Application application) throws Exception {
        var context = application.context();
        List<Message> all = new ArrayList<>();
        all.add(context.createObjectMessage(new Bomb()));
        var map = context.createMapMessage();
        map.setString("to", "anna@contoso.example");
        all.add(map);
        all.add(context.createStreamMessage());
        all.add(context.createMessage());
        all.add(context.createTextMessage());
        for (String text : List.of(
                "",
                "no JSON",
                "[",
                "[".repeat(100_000),
                "{\"text\": " + "[".repeat(10_000),
                "{\"version\": 2}",
                "{\"to\": \"anna@contoso.example\", \"text\": \"x\"} {}",
                "{\"to\": \"anna@contoso.example\"}",
                "{\"to\": \"evil@elsewhere.example\", \"text\": \"x\"}",
                "{\"from\": \"evil@elsewhere.example\", \"to\": \"anna@contoso.example\", \"text\": \"x\"}",
                "{\"text\": \"x\", \"to\": [" + recipients(501) + "]}",
                "{\"text\": \"x\", \"to\": [" + recipients(10_001) + "]}",
                "{\"to\": \"anna@contoso.example\", \"text\": \"x\", \"headers\": {\"Bcc\": \"x@x.example\"}}",
                "{\"attachments\": [{\"name\": \"a\", \"body\": true}]}",
                "{\"attachments\": [{\"name\": \"a\", \"content\": \"AAAA")) {
            all.add(application.text(text));
        }
        all.add(application.bytes(new byte[0]));
        all.add(application.bytes(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0}));
        Message twice = application.bytes("x".getBytes(UTF_8));
        twice.setStringProperty(
                "mailRequest",
                "{\"attachments\": [{\"name\": \"a\", \"body\": true}, {\"name\": \"b\", \"body\": true}]}");
        all.add(twice);
        Message number = application.text("{}");
        number.setIntProperty("mailRequest", 7);
        all.add(number);
        Message cut = application.bytes("no header".getBytes(UTF_8));
        cut.setStringProperty("mailContentType", "message/rfc822");
        all.add(cut);
        Message injected = application.bytes("From: a@contoso.example\r\n\r\nx".getBytes(UTF_8));
        injected.setStringProperty("mailContentType", "message/rfc822");
        injected.setStringProperty("mailTo", "anna@contoso.example>\r\nRCPT TO:<evil@elsewhere.example");
        all.add(injected);
        return all;
    }

    private static String recipients(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "\"r" + number + "@contoso.example\"")
                .collect(Collectors.joining(","));
    }

    @Test
    @DisplayName("P9: whichever queue an object comes from, the gateway's own connections make none")
    void noObjectOfAMessageIsMade() {
        try (JMSContext own = town.gateway().broker().createContext()) {
            Queue queue = own.createQueue(Queues.UNDELIVERABLE);
            own.createProducer().send(queue, own.createObjectMessage(new Bomb()));
            ObjectMessage came = (ObjectMessage) own.createConsumer(queue).receive(Patience.MILLIS);

            assertThatThrownBy(came::getObject).isInstanceOf(JMSException.class);
            assertThat(Bomb.exploded).isFalse();
        }
    }

    @Test
    void aFailedAttemptLeavesNothingAndIsTriedAgain() throws Exception {
        try (LogLines log = LogLines.of("org.mailchute.steps.Claim")) {
            other.start();
            Path ids = other.home().resolve("requests").resolve("applications.ids");
            Files.deleteIfExists(ids);
            Files.createDirectories(ids); // so that the request's id cannot be written down

            other.publish(
                    "{\"id\": \"r-1\", \"to\": \"anna@contoso.example\", \"attachments\": [{\"name\": \"a\", \"content\": \"AAAA\"}]}");

            await("it was tried twice").until(() -> failures(log) >= 2);
            await("nothing is left of it")
                    .until(() -> FilesIn.folder(other.home().resolve("messages"))
                                    .isEmpty()
                            && FilesIn.folder(other.home().resolve("incoming")).isEmpty());
            Files.delete(ids);
            other.awaitReceived(1);
            other.awaitEmptySpool();
        }
    }

    private static long failures(LogLines log) {
        return log.lines().stream()
                .filter(line -> line.contains("could not be enqueued"))
                .count();
    }
}
