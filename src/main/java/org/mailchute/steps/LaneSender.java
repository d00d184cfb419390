package org.mailchute.steps;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.mailchute.lane.Attempt;
import org.mailchute.lane.Clearance;
import org.mailchute.lane.Hearing;
import org.mailchute.lane.Unreadable;
import org.mailchute.limits.Expense;
import org.mailchute.limits.Lead;
import org.mailchute.limits.NotNow;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.smtp.FinalDot;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.smtp.RecipientReply;
import org.mailchute.spool.DiskRoom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code lane-LANE}: what camel-mail's {@code smtp:} endpoint sends through: one lane's kept sessions (or Microsoft Graph), the envelope apart from the header
 * fields, and an outcome for every recipient instead of an exception for all of them.
 */
public final class LaneSender extends DefaultJavaMailSender {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Hearing hearing;
    private final DiskRoom disk;
    private final Clock clock;
    private final Lead lead;
    private final AtomicBoolean faulty = new AtomicBoolean();

    /** @param lead no message begins, and none ends, unless it holds */
    public LaneSender(Hearing hearing, DiskRoom disk, Clock clock, Lead lead) {
        this.hearing = hearing;
        this.disk = disk;
        this.clock = clock;
        this.lead = lead;
    }

    @Override
    public void send(MimeMessage message) throws MessagingException {
        LaneMessage lane = (LaneMessage) message;
        Attempt attempt = lane.attempt();
        try (HeardNotes.Turn turn = attempt.turn()) {
            // another attempt at it may have been under way when this one was admitted
            if (!hearing.recalls(attempt, turn)) {
                spend(attempt, lane.composed(), new LedDot(turn, lead));
            }
        }
    }

    private void spend(Attempt attempt, MimeMessage composed, FinalDot dot) {
        try (Expense expense =
                attempt.lane().allowance().begin(attempt.recipients().size())) {
            send(attempt, composed, dot, expense);
            faulty.set(false);
        } catch (NotNow e) {
            tell(attempt.lane().name(), e);
            Clearance.withhold(attempt, e, clock);
        }
    }

    /** A fault once, until it is over. */
    private void tell(String lane, NotNow reason) {
        if (reason.fault() && !faulty.getAndSet(true)) {
            LOG.warn("lane {}: {}; its messages wait", lane, reason.why());
        }
    }

    private void send(Attempt attempt, MimeMessage composed, FinalDot dot, Expense expense) {
        Runnable turn = () -> {
            expense.turn();
            if (!lead.confirm()) {
                expense.came(0, false, false);
                throw over();
            }
            attempt.begins(clock.instant());
        };
        try {
            List<RecipientReply> replies =
                    attempt.lane().sessions().send(attempt.envelope(), composed, attempt.size(), turn, dot);
            hearing.heard(attempt, replies);
            expense.came(mayHaveIt(attempt), begun(replies), unheard(replies));
        } catch (FinalDot.NotNoted e) {
            expense.came(0, true, false);
            withhold(attempt, e);
        } catch (UncheckedIOException e) {
            expense.came(0, true, false); // so nobody has got it
            disk.spoolFails();
            attempt.allEnded(Unreadable.now(String.valueOf(e.getMessage())));
        } finally {
            attempt.ends(clock.instant());
        }
    }

    private void withhold(Attempt attempt, FinalDot.NotNoted fault) {
        if (lead.holds()) {
            attempt.withheld(notNoted(fault), Optional.empty());
        } else {
            Clearance.withhold(attempt, over(), clock);
        }
    }

    /** The gateway that took over has it next; should there be none, this one asks again. */
    private NotNow over() {
        return NotNow.hindered(Lead.OVER, Optional.of(clock.instant().plus(AGAIN)));
    }

    /** Who was not taken does not count against the day. Not so the uncertain ones: the server may have them. */
    private static int mayHaveIt(Attempt attempt) {
        return (int) attempt.outcomes().values().stream()
                .filter(outcome -> outcome instanceof Outcome.Accepted
                        || outcome instanceof Outcome.Deferred deferred
                                && deferred.verdict().action() == Action.UNCERTAIN)
                .count();
    }

    private static boolean begun(List<RecipientReply> replies) {
        return replies.stream().anyMatch(said -> said.stage().compareTo(Stage.MAIL) >= 0);
    }

    private static boolean unheard(List<RecipientReply> replies) {
        return replies.stream()
                .anyMatch(said ->
                        said.stage() == Stage.END_OF_DATA && said.reply().code() == Reply.NO_REPLY);
    }

    private static Outcome notNoted(FinalDot.NotNoted fault) {
        String cause = "Nothing is sent that a crash could repeat: " + fault.getMessage();
        String remedy =
                "Make room on the disk of home, or mend its permissions. The lane's next probe finds out by itself.";
        return new Outcome.Deferred(Reply.none("not sent"), new Verdict(Scope.SESSION, Action.PAUSE, cause, remedy));
    }
}
