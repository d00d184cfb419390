package org.mailchute.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.envelope.MailAddress;
import org.mailchute.intake.Refused;
import org.mailchute.notice.Condition;
import org.mailchute.notice.NoticeBook;
import org.mailchute.notice.NoticePlan;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.EventJson;

class NoticesTest {
    private static final NoticePlan PLAN = new NoticePlan(
            Optional.of(MailAddress.parse("mailchute@contoso.example")),
            Optional.of(MailAddress.parse("admin@contoso.example")),
            Optional.empty(),
            Duration.ZERO,
            Duration.ofHours(1),
            20,
            Map.of(),
            Set.of("contoso.example"));

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private final List<String> sent = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    private Notices.Post post = notice -> sent.add(notice.to());
    private boolean away;
    private Notices notices;

    @BeforeEach
    void open() throws IOException {
        notices = new Notices(
                PLAN,
                NoticeBook.open(home.resolve("notices.json"), () -> PLAN, clock),
                notice -> post.send(notice),
                (span, delayed) -> {},
                () -> conditions,
                () -> away,
                clock);
    }

    private static Exchange exchange(String body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private void die() {
        notices.note(exchange(EventJson.write(DeliveryEvent.of(DeliveryEvent.Kind.DEAD, Instant.EPOCH)
                .message("00MFX2K1AB7Q0Z9A", "", "jms:applications", 1)
                .envelope("erp@contoso.example", List.of("leaver@contoso.example"))
                .event())));
    }

    @Test
    void whereTheSenderCannotBeSentToTheAdministratorLearnsOfIt() {
        post = notice -> {
            if (!notice.isForAdministrator()) {
                throw new Refused("nobody may send to " + notice.to(), "");
            }
            sent.add(notice.to());
        };
        die();
        notices.tell();
        assertThat(sent).containsExactly("");
    }

    @Test
    void whatCannotBeSentNowIsSentLaterAndToldOnce() {
        Notices.Post works = post;
        post = notice -> {
            throw new IOException("full");
        };
        die();
        try (LogLines log = LogLines.of(Notices.class.getName())) {
            for (int again = 0; again < 5; again++) {
                notices.tell();
                clock.move(Duration.ofSeconds(30));
            }
            assertThat(log.lines()).hasSize(1);
        }
        post = works;
        notices.tell();
        notices.tell();
        assertThat(sent).containsExactly("erp@contoso.example");
    }

    @Test
    void whatCouldNotBeSentIsTriedAfterAStepBackOfTheClockToo() {
        Notices.Post works = post;
        post = notice -> {
            throw new IOException("full");
        };
        die();
        notices.tell();
        post = works;

        clock.move(Duration.ofHours(-5));

        notices.tell();
        assertThat(sent).containsExactly("erp@contoso.example");
    }

    @Test
    void whileTheBrokerIsAwayNothingIsTriedAndNoConditionIsOver() {
        conditions.add(new Condition("held:direct", Optional.of("direct"), "Lane direct is held", "", ""));
        notices.tell();
        away = true;
        conditions.clear();
        die();
        clock.move(Duration.ofHours(1));
        notices.tell();
        assertThat(sent).containsExactly("");
    }

    @Test
    void whatIsNoEventIsLeftOut() {
        try (LogLines log = LogLines.of(QueuedEvent.class.getName())) {
            notices.note(exchange("{"));
            assertThat(String.join("\n", log.lines())).contains("is no event, and is left out");
        }
        notices.tell();
        assertThat(sent).isEmpty();
    }
}
