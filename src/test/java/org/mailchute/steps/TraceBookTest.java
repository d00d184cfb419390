package org.mailchute.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.database.Postgres;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.RealPostgres;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.EventJson;
import org.mailchute.tracestore.TracePlan;
import org.mailchute.tracestore.TraceStore;
import org.mailchute.tracestore.Traces;

class TraceBookTest {
    private static final String ID = "00MFX2K1AB7Q0Z9A";

    @TempDir
    Path home;

    private static Exchange event(String json) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(json);
        return exchange;
    }

    private static String received(String id) {
        return EventJson.write(DeliveryEvent.of(Kind.RECEIVED, Instant.EPOCH)
                .message(id, "", "folder:scans", 1)
                .envelope("a@contoso.example", List.of("b@contoso.example"))
                .event());
    }

    private static String text(LogLines log) {
        return String.join("\n", log.lines());
    }

    /** Settles on another thread, as the broker's does. */
    private static CompletableFuture<@Nullable Exception> settled(TraceBook book) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                book.settle();
                return null;
            } catch (JMSException e) {
                return e;
            }
        });
    }

    @Test
    void whatIsNoEventIsLeftOutAndTheOthersAreWritten() throws Exception {
        TracePlan plan = Traces.file();
        try (TraceStore store = new TraceStore(plan, home);
                LogLines log = LogLines.of(QueuedEvent.class.getName())) {
            TraceBook book = new TraceBook(store, plan, Clock.systemUTC());
            book.note(event("{"));
            book.note(event(received(ID)));
            book.settle();
            assertThat(store.story(ID)).isPresent();
            assertThat(text(log)).containsOnlyOnce("is no event, and is left out");
        }
    }

    @Test
    void oneThatTheDatabaseDoesNotTakeIsLeftOutAndTheOthersAreWritten() throws Exception {
        TracePlan plan = Traces.file();
        try (TraceStore store = new TraceStore(plan, home);
                LogLines log = LogLines.of(TraceBook.class.getName())) {
            TraceBook book = new TraceBook(store, plan, Clock.systemUTC());
            book.note(event(received("LONGER-THAN-A-QUEUE-ID")));
            book.note(event(received(ID)));
            book.settle();
            assertThat(store.story(ID)).isPresent();
            assertThat(text(log)).containsOnlyOnce("LONGER-THAN-A-QUEUE-ID an event cannot be written");
        }
    }

    @Test
    void whileTheDatabaseIsAwayEventsWaitAndAreWrittenWhenItIsBack() throws Exception {
        try (RealPostgres postgres = RealPostgres.start();
                LogLines log = LogLines.of(TraceBook.class.getName())) {
            TracePlan plan = Traces.of(postgres);
            try (TraceStore store = new TraceStore(plan, home)) {
                TraceBook book = new TraceBook(store, plan, Clock.systemUTC());
                store.write(List.of());
                postgres.stop();
                book.note(event(received(ID)));
                CompletableFuture<@Nullable Exception> settled = settled(book);
                await().until(() ->
                        text(log).contains("the trace cannot be written; what happens is kept until it can"));
                assertThat(settled).isNotDone();
                postgres.open();
                assertThat(settled.get()).isNull();
                assertThat(store.story(ID)).isPresent();
                assertThat(text(log))
                        .containsOnlyOnce("cannot be written")
                        .containsOnlyOnce("the trace is written again");
            }
        }
    }

    @Test
    void aGatewayThatEndsWaitsForNoDatabase() throws Exception {
        TracePlan plan = new TracePlan(
                Traces.file().keep(),
                true,
                Optional.of(
                        new Postgres("jdbc:postgresql://127.0.0.1:1/mailchute", Optional.empty(), Optional.empty())));
        try (TraceStore store = new TraceStore(plan, home)) {
            TraceBook book = new TraceBook(store, plan, Clock.systemUTC());
            book.note(event(received(ID)));
            book.end();
            assertThatThrownBy(book::settle).isInstanceOf(JMSException.class);
        }
    }
}
