package org.mailchute.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.steps.Queues;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What applications put into queues, and spools that meet another broker than before. */
class BrokerJourneyTest {
    private static final String LETTER = "{\"to\": [\"leaver@contoso.example\"], \"subject\": \"S\", \"text\": \"T\"}";

    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Town town;

    @BeforeEach
    void open() throws Exception {
        town = new Town(root, Scenario.standard());
    }

    @AfterEach
    void close() throws Exception {
        town.close();
    }

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
        assertThat(list.out()).contains("leaver@contoso.example").endsWith("1 dead letters\n");
    }

    @Test
    void anExpiredRequestGoesWhereNobodyTakesItForADeadLetter() throws Exception {
        town.start();
        town.stop();
        town.start();
        try (JMSContext application = town.gateway().broker().createContext()) {
            var queue = application.createTemporaryQueue();
            application.createProducer().setTimeToLive(1).send(queue, "late");
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
        Files.move(town.home().resolve("broker"), root.resolve("the broker that was lost"));

        town.start();

        assertThat(Town.files(town.home().resolve("set-aside")))
                .anyMatch(file -> file.toString().endsWith(".ticket"));
        assertThat(Town.files(town.home().resolve("messages"))).isEmpty();
    }
}
