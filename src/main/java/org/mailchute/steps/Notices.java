package org.mailchute.steps;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.mailchute.intake.Refused;
import org.mailchute.notice.Condition;
import org.mailchute.notice.Matter;
import org.mailchute.notice.Notice;
import org.mailchute.notice.NoticeBook;
import org.mailchute.notice.NoticePlan;
import org.mailchute.spool.Rest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code notices}: notes of which events somebody must learn, and sends the notices that are due, one after the other. A notice is known by
 * its id, so one that was on its way when the gateway ended is sent once.
 */
public final class Notices implements EventBatches.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final NoticePlan plan;
    private final NoticeBook book;
    private final Post post;
    private final Lookout delays;
    private final Supplier<List<Condition>> conditions;
    private final BooleanSupplier away;
    private final Clock clock;
    private String trouble = "";
    private Instant looked = Instant.MIN;
    private Instant failed = Instant.MIN;

    /** What takes a notice. */
    public interface Post {
        /**
         * @throws Refused when it cannot be sent to whom it is for
         * @throws IOException when it cannot be sent now
         */
        void send(Notice notice) throws Refused, IOException;
    }

    /** What knows which messages wait. */
    public interface Lookout {
        /** Tells of those that came in this time and wait still. */
        void each(NoticeBook.Span span, Consumer<Matter> delayed) throws IOException, JMSException;
    }

    /**
     * @param post sends them
     * @param conditions of the gateway that stand now
     * @param away nothing can be sent now
     */
    public Notices(
            NoticePlan plan,
            NoticeBook book,
            Post post,
            Lookout delays,
            Supplier<List<Condition>> conditions,
            BooleanSupplier away,
            Clock clock) {
        this.plan = plan;
        this.book = book;
        this.post = post;
        this.delays = delays;
        this.conditions = conditions;
        this.away = away;
        this.clock = clock;
    }

    /** Whether anybody is told anything. */
    public boolean isOn() {
        return plan.isOn();
    }

    /** Body: an event's JSON. On disk with its batch. */
    public void note(Exchange exchange) {
        QueuedEvent.read(exchange, "notices'", book::note);
    }

    @Override
    public void settle() {
        book.save();
    }

    @Override
    public void committed() {
        // what the broker has forgotten is noted
    }

    /** Sends what is due. Asked each second, by one thread. */
    public void tell() {
        Instant now = clock.instant();
        if (away.getAsBoolean() || Rest.lasts(failed, AGAIN, now)) {
            return;
        }
        if (!Rest.lasts(looked, LOOK, now)) {
            looked = now;
            look();
        }
        book.save();
        for (Optional<Notice> due = book.next(); due.isPresent() && isSent(due.get()); due = book.next()) {
            book.save();
        }
    }

    private void look() {
        book.stand(conditions.get());
        book.delayed().ifPresent(span -> {
            try {
                delays.each(span, book::note);
                book.looked(span);
            } catch (IOException | JMSException e) {
                tell("delayed messages cannot be looked for now: " + e);
            }
        });
    }

    private boolean isSent(Notice notice) {
        try {
            post.send(notice);
            book.told(notice);
            trouble = "";
        } catch (Refused e) {
            refused(notice, e);
        } catch (IOException | RuntimeException e) {
            tell("a notice cannot be sent now, and is tried again each " + AGAIN.toSeconds() + " s: " + e);
            failed = clock.instant();
            return false;
        }
        return true;
    }

    /** Once, while it lasts. */
    private void tell(String what) {
        if (!what.equals(trouble)) {
            LOG.warn("{}", what);
        }
        trouble = what;
    }

    private void refused(Notice notice, Refused why) {
        LOG.warn(
                "no notice can be sent to {}: {}; {}",
                notice.isForAdministrator() ? "the administrator" : notice.to(),
                why.reason(),
                why.remedy());
        if (notice.isForAdministrator()) {
            book.told(notice);
        } else {
            book.redirect(notice);
        }
    }
}
