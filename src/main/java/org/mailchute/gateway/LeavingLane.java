package org.mailchute.gateway;

import java.io.IOException;
import java.time.Duration;
import org.mailchute.lane.Lane;
import org.mailchute.limits.Allowance;
import org.mailchute.limits.BudgetJournals;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.reply.Service;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.smtp.NoSender;

/** A lane that is not in the settings any more, for as long as something may wait in its queue: it has neither session nor budget. */
final class LeavingLane {
    private static final SendingLimits ONE_AT_A_TIME = new SendingLimits(1, 0, 0, 0, 1_000, Long.MAX_VALUE);

    /** Without a limit none is asked for. */
    private static final BudgetJournals NONE = (name, window, clock, uptime) -> {
        throw new IllegalStateException("a lane without limits has no budget");
    };

    private LeavingLane() {}

    /** @param heard what was sent before and the broker gives again, is not sent by another lane */
    static Lane of(NextHop was, HeardNotes heard, Surroundings surroundings) throws IOException {
        return new Lane(
                was,
                ONE_AT_A_TIME,
                Allowance.open(NONE, "leaving", ONE_AT_A_TIME, surroundings.clock(), surroundings.uptime()),
                new NoSender(),
                heard,
                SenderPolicy.ANY,
                Duration.ofMinutes(15),
                true);
    }

    /** Of an earlier run, whose queue is still there. */
    static NextHop hop(String option, String name) {
        return switch (option) {
            case "submission" -> new NextHop.Submission(name, "left.invalid", 587, Service.EXCHANGE_ONLINE);
            case "direct-send" -> new NextHop.DirectSend(name, "left.invalid", 25);
            case "graph" -> new NextHop.Graph(name, "left.invalid", 443);
            default -> new NextHop.Relay(name, "left.invalid", 25);
        };
    }
}
