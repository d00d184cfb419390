package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.broker.Queues;
import org.mailchute.testing.LogLines;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.EventJson;
import org.slf4j.LoggerFactory;

/** The mail log over kill -9, and how events are read. */
class ToldJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    /** With a copy of the first one's home, and a Microsoft 365 of its own. */
    @RegisterExtension
    final Town restarted = new Town();

    /** Runs once, in the thread that writes the line of a kind, when it is being written. */
    private static final class AtLine extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final Logger mail = (Logger) LoggerFactory.getLogger("mail");
        private final String kind;
        private final Runnable then;
        private final CountDownLatch happened = new CountDownLatch(1);

        AtLine(String kind, Runnable then) {
            this.kind = kind;
            this.then = then;
            start();
            mail.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent line) {
            if (line.getFormattedMessage().startsWith(kind) && happened.getCount() > 0) {
                then.run();
                happened.countDown();
            }
        }

        @Override
        public void close() {
            mail.detachAppender(this);
        }
    }

    @Test
    @DisplayName("P10: after kill -9 the mail log has each event once, and marks the line that was just being written")
    void eachEventIsToldOnceOverAKill() throws Exception {
        try (AtLine killed = new AtLine("accepted", this::copy)) {
            town.start();
            town.publish("{\"to\": \"anna@contoso.example\", \"text\": \"T\"}");
            await("killed").until(() -> killed.happened.getCount() == 0);
            town.awaitEmptySpool();
            town.stop();

            try (LogLines mail = LogLines.of("mail")) {
                restarted.start();
                restarted.awaitEvent(Kind.ACCEPTED);
                restarted.awaitEmptySpool();
                restarted.stop();
                assertThat(mail.lines())
                        .hasSize(1)
                        .first()
                        .asString()
                        .startsWith("INFO accepted ")
                        .endsWith(" repeat=perhaps");
                assertThat(restarted.events(Kind.RECEIVED)).isEmpty();
            }
            assertThat(restarted.received()).isEmpty();
        }
    }

    /** The file has those that were told since the last commit. */
    @Test
    void allEventsThatAreThereAreReadInOneTransaction() throws Exception {
        List<String> notes = new ArrayList<>();
        try (AtLine first = new AtLine("refused", () -> happened(Kind.REPEATED, Kind.DEAD));
                AtLine last = new AtLine("dead", () -> notes.addAll(notes()))) {
            town.start();
            happened(Kind.REFUSED);
            await("the last").until(() -> last.happened.getCount() == 0);
            assertThat(first.happened.getCount()).isZero();
        }
        assertThat(notes).filteredOn(note -> note.startsWith("told ")).hasSize(2);
    }

    private void happened(Kind... kinds) {
        try (JMSContext context = town.gateway().broker().createContext()) {
            for (Kind kind : kinds) {
                DeliveryEvent event = DeliveryEvent.of(kind, Instant.EPOCH)
                        .message("a", "", "folder:scans", 1)
                        .event();
                context.createProducer().send(context.createQueue(Queues.EVENTS), EventJson.write(event));
            }
        }
    }

    private List<String> notes() {
        try {
            return Files.readAllLines(town.home().resolve("events.told"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void copy() {
        try {
            Uncommitted.copy(town.home(), restarted.home());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
