package org.mailchute.lane;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.limits.Allowance;
import org.mailchute.limits.BudgetJournals;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.limits.SendingLimits;
import org.mailchute.limits.Uptime;
import org.mailchute.message.MessageComposer;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.nexthop.Rule;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.reply.Option;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;
import org.mailchute.trace.DeliveryEvent;

/** Lanes with real books in a folder of the test's, and attempts over them; nothing here talks to a server. */
final class Lanes {
    static final Duration UNCERTAIN = Duration.ofMinutes(10);
    static final SendingLimits LIMITS = new SendingLimits(3, 0, 0, 0, 500, 1_000_000);

    final MessageComposer composer = new MessageComposer();
    final Map<String, Lane> all = new LinkedHashMap<>();
    final List<DeliveryEvent> told = new ArrayList<>();
    final LaneBook book;
    final LaneStops stops;
    final LaneChoice choice;
    private final Path home;
    private final Clock clock;
    private int messages;

    Lanes(Path home, Clock clock) throws IOException {
        this.home = home;
        this.clock = clock;
        book = new LaneBook(home.resolve("lanes"), clock, Duration.ofMinutes(5), lane -> Duration.ofMinutes(15));
        stops = new LaneStops(book, clock, told::add);
        choice = new LaneChoice(all, book, composer, clock);
    }

    Lane relay(String name) throws IOException {
        return add(new NextHop.Relay(name, "localhost", 25), LIMITS, SenderPolicy.ANY);
    }

    /** It is not in the settings any more. */
    Lane leaving(String name) throws IOException {
        Lane lane = relay(name);
        Lane leaving = new Lane(
                lane.nextHop(),
                lane.limits(),
                lane.allowance(),
                lane.sessions(),
                lane.heard(),
                lane.sender(),
                lane.uncertainWait(),
                true);
        all.put(name, leaving);
        return leaving;
    }

    @SuppressWarnings("NullAway") // no session is asked for
    Lane add(NextHop hop, SendingLimits limits, SenderPolicy sender) throws IOException {
        Allowance allowance = Allowance.open(
                BudgetJournals.in(home), hop.lane(), limits, clock, new Uptime(Optional.empty(), clock::millis));
        HeardNotes heard = HeardNotes.open(home.resolve(hop.lane() + ".heard"), clock, any -> true, false);
        Lane lane = new Lane(hop, limits, allowance, null, heard, sender, UNCERTAIN, false);
        all.put(lane.name(), lane);
        return lane;
    }

    NextHops nextHops(Rule... rules) {
        return new NextHops(() -> new RoutingTable(List.of(rules)), choice, clock);
    }

    /** Two waits: a minute, then an hour. */
    static RetrySchedule retries() {
        return new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofHours(1)), 0, new Random(1));
    }

    static List<ForwardPath> paths(String... names) {
        return Arrays.stream(names).map(Lanes::path).toList();
    }

    static ForwardPath path(String name) {
        return ForwardPath.parse(name.contains("@") ? name : name + "@contoso.com");
    }

    Ticket ticket(Wishes wishes, String... recipients) {
        MailAddress author = MailAddress.parse("scanner@contoso.com");
        return new Ticket(
                QueueId.next(clock),
                "<scan@contoso.com>",
                clock.instant(),
                new Ticket.Source("folder", "reception", "scan.pdf", "", Optional.of(wishes)),
                new ReversePath(Optional.of(author)),
                paths(recipients),
                new Ticket.Header(author, "", List.of(), List.of(), Optional.empty(), "A scan", Map.of()),
                "",
                Optional.empty(),
                List.of(new Ticket.Payload("scan.pdf", "application/pdf", 1_000, "")),
                Priority.NORMAL,
                Optional.empty());
    }

    static Wishes endsAt(Instant end) {
        return new Wishes(Optional.empty(), Optional.of(end), Optional.empty(), Optional.empty());
    }

    Attempt attempt(Lane lane, String... recipients) {
        return attempt(lane, 0, false, ticket(Wishes.NONE, recipients));
    }

    /** At all recipients of the ticket; any lane of these may carry it. */
    Attempt attempt(Lane lane, int before, boolean uncertain, Ticket ticket) {
        ClaimCheck check = new ClaimCheck(
                ticket.queueId(),
                lane.name(),
                List.copyOf(all.keySet()),
                ticket.recipients(),
                before,
                uncertain,
                clock.instant());
        return new Attempt(check, ticket, lane, "ID:" + ++messages);
    }

    static Outcome.Accepted accepted() {
        return new Outcome.Accepted(new Reply(250, "2.0.0 OK"));
    }

    static Outcome.Deferred deferred(Scope scope, Action action, Option... others) {
        Verdict verdict = new Verdict(scope, action, "Why.", "What to do.", java.util.Set.of(others));
        return new Outcome.Deferred(new Reply(451, "4.7.0 not now"), verdict);
    }

    static Outcome.Rejected rejected() {
        return new Outcome.Rejected(
                new Reply(550, "5.1.10 nobody"), new Verdict(Scope.RECIPIENT, Action.REJECT, "Nobody.", "Correct it."));
    }
}
