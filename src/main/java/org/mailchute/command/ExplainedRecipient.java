package org.mailchute.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.Forecast;
import org.mailchute.settings.Settings;
import org.mailchute.settings.Sizes;
import org.mailchute.spool.Ticket;

/**
 * Which way one recipient would go.
 *
 * @param refused why accept would refuse it, and what to do; empty where it would not
 * @param lanes that could carry it, in the order they are asked
 * @param lack why no lane could; empty where one could
 * @param why the rule that decides; empty where there is none
 */
record ExplainedRecipient(ForwardPath recipient, Optional<No> refused, List<Lane> lanes, String lack, String why) {
    /** A refusal. */
    record No(String reason, String remedy) {}

    /**
     * One lane.
     *
     * @param as whom it sends, where that is not the sender
     * @param tooLarge bytes of the finished message, and what the lane takes, where that is less
     */
    record Lane(String lane, String way, String host, int port, Optional<MailAddress> as, Optional<TooLarge> tooLarge) {
        static Lane of(Forecast forecast, Settings.Lane lane, Ticket ticket) {
            NextHop hop = lane.nextHop();
            String option = hop.option().label();
            return new Lane(
                    lane.name(),
                    hop.service() == Service.EXCHANGE_ONLINE
                            ? option
                            : option + " by " + ServiceProfile.of(hop.service()).title(),
                    hop.host(),
                    hop.port(),
                    lane.sender().author(),
                    forecast.tooLarge(ticket, lane)
                            .map(bytes -> new TooLarge(bytes, lane.limits().messageBytes())));
        }
    }

    /** In bytes. */
    record TooLarge(long finished, long taken) {}

    /** @param bytes of all attachments as they come in */
    static ExplainedRecipient of(Forecast forecast, MailAddress sender, ForwardPath recipient, long bytes) {
        Ticket ticket = Forecast.ticket(sender, new ReversePath(Optional.of(sender)), List.of(recipient), bytes);
        Optional<RoutingTable.Decision> decision = forecast.decide(sender, recipient);
        List<Lane> lanes = decision.stream()
                .flatMap(one -> forecast.lanes(one, ticket).stream())
                .map(lane -> Lane.of(forecast, lane, ticket))
                .toList();
        return new ExplainedRecipient(
                recipient,
                forecast.refusal(ticket).map(no -> new No(no.reason(), no.remedy())),
                lanes,
                lanes.isEmpty() ? lack(decision, sender, recipient) : "",
                decision.map(RoutingTable.Decision::explanation).orElse(""));
    }

    private static String lack(Optional<RoutingTable.Decision> decision, MailAddress sender, ForwardPath recipient) {
        return decision.map(one -> "none of " + String.join(", ", one.lanes()) + " sends as " + sender
                        + "; see sender under lanes")
                .orElseGet(() -> "none: no rule for " + recipient.domain() + "; add one under next-hop");
    }

    /** It would be tried. */
    boolean goes() {
        return refused.isEmpty()
                && !lanes.isEmpty()
                && lanes.stream().allMatch(lane -> lane.tooLarge().isEmpty());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(recipient.toString());
        lines.add("  accept  "
                + refused.map(no -> "refused: " + no.reason() + "; " + no.remedy())
                        .orElse("yes"));
        if (!lack.isEmpty()) {
            lines.add("  lane    " + lack);
        }
        for (Lane lane : lanes) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  lane    %s: %s, %s:%d%s",
                    lane.lane(),
                    lane.way(),
                    lane.host(),
                    lane.port(),
                    lane.as().map(mailbox -> ", as " + mailbox).orElse("")));
            lane.tooLarge()
                    .ifPresent(sizes -> lines.add("  size    too large: the finished message would have "
                            + Sizes.text(sizes.finished()) + ", the lane takes " + Sizes.text(sizes.taken())));
        }
        if (!why.isEmpty()) {
            lines.add("  why     " + why);
        }
        return lines;
    }
}
