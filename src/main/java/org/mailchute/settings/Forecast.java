package org.mailchute.settings;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.Refused;
import org.mailchute.message.MessageComposer;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

/** What the routes would do with a message, asked of the same classes they ask, without sending anything. */
public record Forecast(AcceptPolicy policy, RoutingTable table, Map<String, Settings.Lane> lanes) {
    private static final QueueId NONE = new QueueId("0".repeat(16));

    public static Forecast of(Settings settings) {
        return new Forecast(
                settings.policy(),
                new RoutingTable(settings.routing()),
                settings.lanes().stream().collect(Collectors.toMap(Settings.Lane::name, lane -> lane)));
    }

    /** A message of one attachment; none when it has no bytes. */
    public static Ticket ticket(MailAddress from, ReversePath reversePath, List<ForwardPath> recipients, long bytes) {
        List<MailAddress> to = recipients.stream().map(ForwardPath::address).toList();
        return new Ticket(
                NONE,
                "<rehearsal@invalid>",
                Instant.EPOCH,
                new Ticket.Source("rehearsal", "none", "none", ""),
                reversePath,
                recipients,
                new Ticket.Header(from, "", to, List.of(), Optional.empty(), "", Map.of()),
                "",
                Optional.empty(),
                bytes == 0
                        ? List.of()
                        : List.of(new Ticket.Payload("scan.pdf", "application/pdf", bytes, "0".repeat(64))),
                Priority.NORMAL,
                Optional.empty());
    }

    /** Why it would be refused at accept; empty when it would pass. */
    public Optional<Refused> refusal(Ticket ticket) {
        try {
            policy.check(ticket);
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e);
        }
    }

    public Optional<RoutingTable.Decision> decide(MailAddress author, ForwardPath recipient) {
        return table.decide(author, recipient);
    }

    /** The lanes of a rule that may send as this message's sender, in the order they are asked. */
    public List<Settings.Lane> lanes(RoutingTable.Decision decision, Ticket ticket) {
        return decision.lanes().stream()
                .map(name -> java.util.Objects.requireNonNull(lanes.get(name)))
                .filter(lane -> lane.sender()
                        .carries(ticket.reversePath(), ticket.header().from()))
                .toList();
    }

    /** Bytes of the finished message where the lane takes fewer; empty when it fits. */
    public Optional<Long> tooLarge(Ticket ticket, Settings.Lane lane) {
        long size = new MessageComposer().encodedSize(ticket);
        return size > lane.limits().messageBytes() ? Optional.of(size) : Optional.empty();
    }
}
