package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.broker.Queues;
import org.mailchute.testing.FilesIn;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What applications put into queues, and spools that meet another broker than before. */
class BrokerJourneyTest {
    private static final String LETTER = Letters.letter("leaver@contoso.example");

    @RegisterExtension
    final Town town = new Town().withoutConnector();

    @Test
    void anEmptyMessageIsRefusedAsAnEmptyRequest() throws Exception {
        town.start();
        try (JMSContext application = town.gateway().broker().createContext()) {
            application
                    .createProducer()
                    .send(application.createQueue("mail.requests"), application.createTextMessage());
        }

        assertThat(town.awaitEvent(Kind.REFUSED).reason()).isEqualTo("the request is empty");
    }

    @Test
    void whatIsNoDeadLetterHidesNoDeadLetterAndStopsNoStart() throws Exception {
        town.start();
        town.publish(LETTER);
        town.awaitEvent(Kind.DEAD);
        try (JMSContext application = town.gateway().broker().createContext()) {
            var queue = application.createQueue(Queues.DEAD_LETTERS);
            application.createProducer().send(queue, application.createTextMessage());
            application.createProducer().send(queue, new byte[] {1, 2, 3});
            application.createProducer().send(queue, "{\"to\": []}");
        }
        town.stop();
        town.start();

        Town.Ran list = town.command("dead", "list");
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.out()).contains("leaver@contoso.example").endsWith("1 dead letter\n");
    }

    @Test
    void anExpiredRequestGoesWhereNobodyTakesItForADeadLetter() throws Exception {
        town.start();
        try (JMSContext application = town.gateway().broker().createContext()) {
            var queue = application.createTemporaryQueue();
            var consumer = application.createConsumer(queue);
            await("one that expired before it was read").until(() -> {
                application.createProducer().setTimeToLive(1).send(queue, "late");
                consumer.receiveNoWait();
                return Application.browse(town, Queues.UNDELIVERABLE) > 0;
            });
        }
        Town.Ran list = town.command("dead", "list");
        assertThat(list.out()).endsWith("0 dead letters\n");
    }

    @Test
    void aSpoolThatMeetsAnotherBrokerIsSetAsideNotDeleted() throws Exception {
        town.start();
        assertThat(town.command("lanes", "hold", "direct").exitCode()).isZero();
        town.publish(LETTER);
        town.awaitEvent(Kind.RECEIVED);
        await("it waits").until(() -> town.gateway().waiting("direct") == 1);
        town.stop();
        Files.move(town.home().resolve("broker"), town.root().resolve("the broker that was lost"));

        town.start();

        assertThat(FilesIn.folder(town.home().resolve("set-aside")))
                .anyMatch(file -> file.toString().endsWith(".ticket"));
        assertThat(FilesIn.folder(town.home().resolve("messages"))).isEmpty();
    }
}
