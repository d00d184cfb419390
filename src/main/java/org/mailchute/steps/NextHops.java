package org.mailchute.steps;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.intake.Refused;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.Chunks;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Ticket;

/** {@code nextHop}: one claim check per lane, none larger than the lane takes recipients. */
public final class NextHops {
    private final RoutingTable table;
    private final Map<String, Lane> lanes;
    private final Clock clock;

    public NextHops(RoutingTable table, Map<String, Lane> lanes, Clock clock) {
        this.table = table;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** @throws Refused when no rule covers a recipient; then nothing is enqueued for any of them */
    public List<ClaimCheck> deliveries(Ticket ticket) throws Refused {
        RoutingTable.Split split = table.split(new Envelope(ticket.reversePath(), ticket.recipients()));
        if (!split.unroutable().isEmpty()) {
            throw new Refused(
                    "no rule in next-hop covers " + names(split.unroutable()),
                    "add a rule for the domain to next-hop in mailchute.yaml, or correct the address");
        }
        List<ClaimCheck> deliveries = new ArrayList<>();
        split.lanes().forEach((name, recipients) -> {
            Lane lane = Objects.requireNonNull(lanes.get(name), () -> "no lane is named " + name);
            Chunks.chunks(recipients, largest(lane.limits()))
                    .forEach(chunk ->
                            deliveries.add(new ClaimCheck(ticket.queueId(), name, chunk, 0, false, clock.instant())));
        });
        return deliveries;
    }

    /** A message for more than a whole day's budget would never be sent. */
    private static int largest(SendingLimits limits) {
        int day = limits.recipientsPerDay();
        return day == 0 ? limits.recipientsPerMessage() : Math.min(day, limits.recipientsPerMessage());
    }

    private static String names(List<ForwardPath> recipients) {
        return recipients.stream().map(ForwardPath::toString).collect(Collectors.joining(", "));
    }
}
