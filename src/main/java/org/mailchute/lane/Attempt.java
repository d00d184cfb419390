package org.mailchute.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

/** One attempt to serve a claim check: gathers an outcome for each recipient, and what else decides how they go on. */
public final class Attempt {
    private static final String BLANK = " ";

    private final ClaimCheck check;
    private final Ticket ticket;
    private final Lane lane;
    private final String delivery;
    private final Map<ForwardPath, Outcome> outcomes = new LinkedHashMap<>();
    private Optional<Instant> notBefore = Optional.empty();
    private Optional<Instant> sentBefore = Optional.empty();
    private boolean asked = true;
    private boolean forItsLane;
    private boolean oneByOne;
    private boolean tooMany;
    private final Set<Unknown> unknown = new LinkedHashSet<>();
    private Optional<Instant> begun = Optional.empty();
    private Duration took = Duration.ZERO;
    private OptionalLong size = OptionalLong.empty();

    /** @param message id of the broker's message, the same whenever it is delivered again */
    public Attempt(ClaimCheck check, Ticket ticket, Lane lane, String message) {
        this.check = check;
        this.ticket = ticket;
        this.lane = lane;
        this.delivery = check.queueId() + BLANK + message;
    }

    public ClaimCheck check() {
        return check;
    }

    public Ticket ticket() {
        return ticket;
    }

    public Lane lane() {
        return lane;
    }

    /** Names this delivery to its lane's notes; every delivery has another name, one of the same message too. */
    public String delivery() {
        return delivery;
    }

    /** The message of a delivery that is named so. */
    public static QueueId message(String delivery) {
        return new QueueId(delivery.substring(0, delivery.indexOf(BLANK)));
    }

    /** Its turn with what its lane has noted of it. */
    public HeardNotes.Turn turn() {
        return lane.heard().turn(delivery);
    }

    /** It is not sent: an earlier attempt at the same delivery was, then. */
    void recalls(Instant dotLeft) {
        sentBefore = Optional.of(dotLeft);
    }

    /** When the final dot of an earlier attempt at the same delivery left, which the outcomes come from. */
    public Optional<Instant> sentBefore() {
        return sentBefore;
    }

    /** What the lane's sender policy makes of it, for the wire. */
    public Ticket letter() {
        return lane.sender().author().map(ticket::by).orElse(ticket);
    }

    public Envelope envelope() {
        return new Envelope(lane.sender().reversePath(ticket.reversePath()), check.recipients());
    }

    public List<ForwardPath> recipients() {
        return check.recipients();
    }

    /** A reply no row knows, and where it came. */
    record Unknown(Stage stage, Reply reply) {}

    void unknown(Stage stage, Reply reply) {
        unknown.add(new Unknown(stage, reply));
    }

    /** Each once, however many recipients it was said of. */
    Set<Unknown> unknown() {
        return unknown;
    }

    void ended(ForwardPath recipient, Outcome outcome) {
        outcomes.put(recipient, outcome);
    }

    public void allEnded(Outcome outcome) {
        recipients().forEach(recipient -> ended(recipient, outcome));
    }

    /** Decided without asking the server. */
    public void withheld(Outcome outcome, Optional<Instant> until) {
        allEnded(outcome);
        notBefore = until;
        asked = false;
    }

    /** Whether there is nothing to ask the server any more. */
    boolean isDecided() {
        return !outcomes.isEmpty();
    }

    /** Whether the server was asked at all. */
    public boolean asked() {
        return asked;
    }

    /** The lane waits; what is deferred now goes out when it opens, or asks again at this time. */
    void waitsForItsLane(Instant time) {
        notBefore = Optional.of(time);
        forItsLane = true;
    }

    /** Whether it waits for the lane to open, whenever that is. */
    boolean waitsForItsLane() {
        return forItsLane;
    }

    /**
     * One recipient made the server refuse the whole message (5.7.703 for example), and it does not say which: each is tried
     * alone from now on.
     */
    void oneByOne() {
        oneByOne = true;
    }

    /** They are more than the lane takes in one transaction now: each part goes on for itself. */
    void tooMany() {
        tooMany = true;
    }

    /** How recipients of one outcome go on. */
    List<List<ForwardPath>> parts(List<ForwardPath> recipients) {
        if (oneByOne) {
            return recipients.stream().map(List::of).toList();
        }
        return tooMany ? lane.transactions(recipients) : List.of(recipients);
    }

    /** Octets of the finished message; an upper bound, which is what SIZE asks for (RFC 1870 section 6.1). */
    void weighs(long octets) {
        size = OptionalLong.of(octets);
    }

    public OptionalLong size() {
        return size;
    }

    /** A session may be opened, or used. */
    public void begins(Instant time) {
        begun = Optional.of(time);
    }

    public void ends(Instant time) {
        begun.ifPresent(start -> took = Duration.between(start, time));
    }

    /** From the first command to the last reply; zero when the server was not asked. */
    public Duration took() {
        return took;
    }

    Optional<Instant> notBefore() {
        return notBefore;
    }

    /** @throws IllegalStateException when a recipient has none: the sender must never forget one */
    public Map<ForwardPath, Outcome> outcomes() {
        if (!outcomes.keySet().containsAll(recipients())) {
            throw new IllegalStateException("a recipient of " + check.queueId() + " is left without an outcome");
        }
        return outcomes;
    }
}
