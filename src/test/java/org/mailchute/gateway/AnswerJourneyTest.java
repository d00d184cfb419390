package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import jakarta.jms.Message;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.EventJson;

/** An application hears what becomes of its request: received or refused, then of each recipient. */
class AnswerJourneyTest {
    @RegisterExtension
    static final Town town = new Town().forgetful();

    private static int ids;

    private final String id = "r-" + ids++;
    private final String letter = "{\"id\": \"" + id + "\", \"to\": \"anna@contoso.example\", \"text\": \"T\"}";

    @BeforeAll
    static void open() throws Exception {
        town.withIntake(
                "    - {name: silent, queue: mail.silent, from: billing@contoso.example, answers: \"topic:mail.answers\"}\n"
                        + "    - {name: small, queue: mail.small, from: billing@contoso.example, maxRequestSize: 10KB}\n"
                        + "    - {name: kept, queue: mail.kept, from: billing@contoso.example, answers: \"queue:kept.answers\"}\n");
        town.start();
    }

    @Test
    void eachRecipientIsAnsweredAboutWithReplyAndReason() throws Exception {
        try (Application application = new Application(town)) {
            Message request = application.text("""
                    {"id": "%s", "to": ["anna@contoso.example", "leaver@contoso.example"], "text": "T"}""".formatted(id));
            request.setJMSCorrelationID("my-own-17");
            application.ask(request);

            Message first = application.answer();
            assertThat(first.getJMSCorrelationID()).isEqualTo("my-own-17");
            assertThat(first.getJMSType()).isEqualTo("delivery-event");
            assertThat(first.getStringProperty("event")).isEqualTo("RECEIVED");
            assertThat(first.getStringProperty("requestId")).isEqualTo(id);
            DeliveryEvent received = EventJson.read(first.getBody(String.class));
            assertThat(first.getStringProperty("queueId")).isEqualTo(received.queueId());
            assertThat(received.messageId()).isEqualTo("<" + received.queueId() + "@gateway.contoso.example>");

            List<DeliveryEvent> later = application.events(2);
            assertThat(later).extracting(DeliveryEvent::kind).containsExactlyInAnyOrder(Kind.ACCEPTED, Kind.DEAD);
            assertThat(later).allMatch(event -> event.queueId().equals(received.queueId()));
            DeliveryEvent dead = later.get(later.get(0).kind() == Kind.DEAD ? 0 : 1);
            assertThat(dead.recipients()).containsExactly("leaver@contoso.example");
            assertThat(dead.reply()).startsWith("550");
            assertThat(dead.reason()).isNotBlank();
            assertThat(dead.remedy()).isNotBlank();
        }
    }

    @Test
    void withoutACorrelationOfItsOwnAnAnswerNamesTheMessageItAnswers() throws Exception {
        try (Application application = new Application(town)) {
            Message request = application.text(letter);
            application.ask(request);
            assertThat(application.answer().getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
        }
    }

    @Test
    void theAnswersAreAsPublished() throws Exception {
        var schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(shipped());
        try (Application application = new Application(town)) {
            application.ask(application.text(letter.replace("anna@", "leaver@")));
            application.ask(application.text("{"));
            for (int number = 0; number < 3; number++) {
                String answer = application.answer().getBody(String.class);
                assertThat(schema.validate(new JsonMapper().readTree(answer)))
                        .as(answer)
                        .isEmpty();
            }
        }
    }

    private static InputStream shipped() {
        return Objects.requireNonNull(DeliveryEvent.class.getResourceAsStream("delivery-event.schema.json"));
    }

    @Test
    void noAnswerGoesWhereItCouldDoHarm() throws Exception {
        List<String> harmful = List.of(
                "mailchute.events",
                "mailchute.dead-letters",
                "mailchute.direct-send.direct",
                "mailchute.undeliverable",
                "mail.requests",
                "mail.silent",
                "activemq.management",
                "activemq.notifications",
                "nobody.made.this",
                "mail.answers::mailchute.events");
        try (Application application = new Application(town)) {
            for (String queue : harmful) {
                Message request = application.text(letter);
                request.setJMSReplyTo(new ActiveMQQueue(queue));
                application.publish(request);
            }
            await("all are refused").until(() -> town.events(Kind.REFUSED).size() == harmful.size());
            assertThat(town.events(Kind.REFUSED))
                    .extracting(DeliveryEvent::reason)
                    .allMatch(reason -> reason.startsWith("JMSReplyTo names \""));
            assertThat(town.received()).isEmpty();
            application.ask(application.text(letter)); // nothing is blocked
            assertThat(application.event().kind()).isEqualTo(Kind.RECEIVED);
        }
    }

    @Test
    void whoHasGoneBeforeItsAnswerCostsNobodyAnything() throws Exception {
        assertThat(town.command("lanes", "hold", "direct").exitCode()).isZero();
        try (Application application = new Application(town)) {
            application.ask(application.text(letter));
            assertThat(application.event().kind()).isEqualTo(Kind.RECEIVED);
        }
        assertThat(town.command("lanes", "release", "direct").exitCode()).isZero();

        town.awaitReceived(1);
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(1);
    }

    @Test
    void aTopicOfTheSettingsHearsOfRequestsWithoutReplyTo() throws Exception {
        try (Application listener = new Application(town, context -> context.createTopic("mail.answers"))) {
            town.publish("mail.silent", letter);
            assertThat(listener.events(2))
                    .extracting(DeliveryEvent::kind)
                    .containsExactly(Kind.RECEIVED, Kind.ACCEPTED);
        }
    }

    @Test
    void answersGoOnAfterARestart() throws Exception {
        assertThat(town.command("lanes", "hold", "direct").exitCode()).isZero();
        town.publish("mail.kept", letter);
        town.awaitEvent(Kind.RECEIVED);
        town.stop();
        town.start();
        assertThat(town.command("lanes", "release", "direct").exitCode()).isZero();
        try (Application application = new Application(town, context -> context.createQueue("kept.answers"))) {
            assertThat(application.events(2))
                    .extracting(DeliveryEvent::kind)
                    .containsExactly(Kind.RECEIVED, Kind.ACCEPTED);
        }
    }

    @Test
    void aRequestThatIsPublishedTwiceIsMailedOnceAndBothAreAnswered() throws Exception {
        try (Application application = new Application(town)) {
            application.ask(application.text(letter));
            DeliveryEvent received = application.event();
            assertThat(application.event().kind()).isEqualTo(Kind.ACCEPTED);

            application.ask(application.text(letter));

            DeliveryEvent again = application.event();
            assertThat(again.kind()).isEqualTo(Kind.REPEATED);
            assertThat(again.queueId()).isEqualTo(received.queueId());
            town.awaitEmptySpool();
            assertThat(town.received()).hasSize(1);
        }
    }

    @Test
    void anIdIsKnownAfterARestart() throws Exception {
        town.publish(letter);
        town.awaitReceived(1);
        town.awaitEmptySpool();
        town.stop();
        town.start();

        town.publish(letter);

        town.awaitEvent(Kind.REPEATED);
        assertThat(town.received()).hasSize(1);
    }

    @Test
    void theSameIdForAnotherRequestIsRefused() throws Exception {
        try (Application application = new Application(town)) {
            application.ask(application.text(letter));
            assertThat(application.events(2)).extracting(DeliveryEvent::kind).contains(Kind.RECEIVED);

            application.ask(application.text(letter.replace("\"T\"", "\"other\"")));

            DeliveryEvent refused = application.event();
            assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
            assertThat(refused.reason()).contains("the id \"" + id + "\" was given to another request");
            assertThat(town.received()).hasSize(1);
        }
    }

    @Test
    void anIdThatWasRefusedMayBeUsedForTheCorrectedRequest() throws Exception {
        try (Application application = new Application(town)) {
            application.ask(application.text(letter.replace("contoso.example", "nowhere.example")));
            assertThat(application.event().kind()).isEqualTo(Kind.REFUSED);

            application.ask(application.text(letter));

            assertThat(application.event().kind()).isEqualTo(Kind.RECEIVED);
        }
    }

    @Test
    void twentyAtOnceWithOneIdAreMailedOnce() throws Exception {
        for (int number = 0; number < 20; number++) {
            town.publish(letter);
        }
        await("all are told of").until(() -> town.events(Kind.REPEATED).size() == 19);
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(1);
    }

    @Test
    @DisplayName("P7: whatever is refused is answered, also what is no request at all")
    void whateverIsRefusedIsAnswered() throws Exception {
        try (Application application = new Application(town)) {
            Message odd = application.text(letter);
            odd.setIntProperty("mailRequest", 7);
            for (Message bad : List.of(
                    application.text("x".repeat(20_000)),
                    application.bytes(new byte[20_000]),
                    application.context().createMapMessage(),
                    application.context().createStreamMessage(),
                    application.context().createMessage(),
                    odd)) {
                application.ask("mail.small", bad);
                Message answer = application.answer();
                assertThat(answer.getStringProperty("event")).isEqualTo("REFUSED");
                assertThat(answer.getJMSCorrelationID()).isEqualTo(bad.getJMSMessageID());
            }
        }
    }
}
