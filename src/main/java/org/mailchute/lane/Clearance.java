package org.mailchute.lane;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.NotNow;
import org.mailchute.message.MessageComposer;
import org.mailchute.reply.Option;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.smtp.HeardNotes;

/**
 * Whether an attempt may go to the server now. A closed lane and a spent budget make it wait, a message larger than the lane
 * takes is rejected, all without asking the server. What has been sent already does not go again.
 */
public record Clearance(LaneBook book, MessageComposer composer, Hearing hearing, NextHops nextHops, Clock clock) {
    /** @return whether it may; if not, the attempt is decided */
    public boolean isFor(Attempt attempt) {
        if (attempt.isDecided() || sentBefore(attempt)) {
            return false;
        }
        Lane lane = attempt.lane();
        Optional<Instant> end = attempt.ticket().wishes().expires().filter(time -> !time.isAfter(clock.instant()));
        if (end.isPresent()) {
            attempt.withheld(expired(end.get()), Optional.empty());
            return false;
        }
        if (lane.leaving()) {
            nextHops.leave(attempt);
            return false;
        }
        if (lane.transactions(attempt.recipients()).size() > 1) {
            attempt.tooMany();
            attempt.withheld(waits("more recipients than the lane takes", Set.of()), Optional.of(clock.instant()));
            return false;
        }
        if (!book.mayRun(lane.name())) {
            Set<Option> others = book.state(lane.name()).mayFallOver();
            attempt.withheld(waits("the lane is held or paused", others), Optional.empty());
            attempt.waitsForItsLane(book.nextRun(lane.name()));
            return false;
        }
        long size = composer.encodedSize(attempt.letter());
        attempt.weighs(size);
        if (size > lane.limits().messageBytes()) {
            attempt.withheld(tooLarge(size, lane), Optional.empty());
            return false;
        }
        Optional<NotNow> hindrance =
                lane.allowance().hindrance(attempt.recipients().size());
        hindrance.ifPresent(reason -> withhold(attempt, reason, clock));
        return hindrance.isEmpty();
    }

    /** The attempt waits; another lane takes over only where the budget is spent. */
    public static void withhold(Attempt attempt, NotNow reason, Clock clock) {
        Set<Option> others = reason.spent() ? Set.of(Option.values()) : Set.of();
        attempt.withheld(waits(reason.why(), others), Optional.of(reason.until().orElseGet(clock::instant)));
    }

    private boolean sentBefore(Attempt attempt) {
        try (HeardNotes.Turn turn = attempt.turn()) {
            return hearing.recalls(attempt, turn);
        }
    }

    private static Outcome waits(String why, Set<Option> others) {
        return new Outcome.Deferred(Reply.none(why), new Verdict(Scope.SESSION, Action.PAUSE, why, "", others));
    }

    private static Outcome expired(Instant end) {
        String cause = "expired: it could not be delivered before " + end + ", as its application asked";
        String remedy = "replay it if it is still of use; what held it up is in the mail log";
        return new Outcome.Rejected(Reply.none("not sent"), new Verdict(Scope.MESSAGE, Action.REJECT, cause, remedy));
    }

    private static Outcome tooLarge(long size, Lane lane) {
        String cause = "the finished message has %,d octets, lane %s takes %,d"
                .formatted(size, lane.name(), lane.limits().messageBytes());
        String remedy = "scan with a lower resolution or in parts, or raise the mailbox's limit (at most 150 MB) and "
                + "messageSize of the lane";
        return new Outcome.Rejected(Reply.none("not sent"), new Verdict(Scope.MESSAGE, Action.REJECT, cause, remedy));
    }
}
