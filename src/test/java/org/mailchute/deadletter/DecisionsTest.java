package org.mailchute.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.Refused;
import org.mailchute.message.HeaderPolicy;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.nexthop.Rule;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Spool;
import org.mailchute.spool.SpoolJson;
import org.mailchute.spool.Ticket;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent.Kind;

class DecisionsTest {
    private static final ForwardPath ANNA = ForwardPath.parse("anna@contoso.com");
    private static final ForwardPath BERT = ForwardPath.parse("bert@contoso.com");
    private static final ForwardPath BERTA = ForwardPath.parse("berta@fabrikam.com");

    private static final Person CARLA = new Person("carla");

    private static final AcceptPolicy ACCEPTED = new AcceptPolicy(
            List.of(),
            Stream.of("*@contoso.com", "*@fabrikam.com", "*@example.org")
                    .map(AddressPattern::parse)
                    .toList(),
            1,
            1,
            new HeaderPolicy(List.of()));

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private final QueueId id = QueueId.next(clock);
    private final Instant queued = clock.instant().minusSeconds(60);
    private final DeadLetter letter = new DeadLetter(
            new ClaimCheck(id, "relay", List.of("relay", "spare"), List.of(ANNA, BERT), 3, true, queued),
            clock.instant(),
            "550 5.1.10 nobody",
            "Nobody.",
            "Correct it.");
    private Spool spool;
    private Decisions decisions;

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(home);
        RoutingTable table =
                new RoutingTable(List.of(new Rule("contoso.com", "relay"), new Rule("fabrikam.com", "direct")));
        decisions = new Decisions(spool, () -> table, () -> ACCEPTED, clock);
    }

    private void keep() throws IOException {
        MailAddress author = MailAddress.parse("scanner@contoso.com");
        spool.keep(new Ticket(
                id,
                "<scan@contoso.com>",
                queued,
                new Ticket.Source("folder", "reception", "scan.pdf", ""),
                new ReversePath(Optional.of(author)),
                List.of(ANNA, BERT),
                new Ticket.Header(author, "", List.of(), List.of(), Optional.empty(), "A scan", Map.of()),
                "Hello",
                Optional.empty(),
                List.of(),
                Priority.HIGH,
                Optional.empty()));
    }

    private void spoil() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "{");
            }
        }
    }

    private Settlement replay(Optional<ForwardPath> corrected) throws IOException, Refused {
        return decisions.replay(id, corrected, CARLA).on(letter);
    }

    @Test
    @DisplayName("P3: what is replayed begins anew, and stays marked when it may have arrived")
    void aReplayBeginsAnew() throws Exception {
        keep();

        Settlement settled = replay(Optional.empty());

        assertThat(settled.again())
                .contains(new ClaimCheck(
                        id, "relay", List.of("relay", "spare"), List.of(ANNA, BERT), 0, true, clock.instant()));
        assertThat(settled.recipients()).containsExactly(ANNA, BERT);
        assertThat(settled.ticket().priority()).isEqualTo(Priority.HIGH);
        assertThat(settled.told().kind()).isEqualTo(Kind.REPLAYED);
        assertThat(settled.told().source()).isEqualTo("folder:reception");
        assertThat(settled.told().lane()).isEqualTo("relay");
        assertThat(settled.told().reason()).isEqualTo("sent again by carla");
    }

    @Test
    void aCorrectedAddressGoesOverTheLanesOfItsOwnRule() throws Exception {
        keep();

        Settlement settled = replay(Optional.of(BERTA));

        assertThat(settled.again())
                .contains(new ClaimCheck(id, "direct", List.of("direct"), List.of(BERTA), 0, false, clock.instant()));
        assertThat(settled.recipients()).containsExactly(BERTA);
        assertThat(settled.told().recipients()).containsExactly("berta@fabrikam.com");
        assertThat(settled.told().reason())
                .isEqualTo("sent again by carla in place of [anna@contoso.com, bert@contoso.com]");
    }

    @Test
    void aCorrectedAddressThatNoRuleCoversIsRefused() throws Exception {
        keep();

        assertThatThrownBy(() -> replay(Optional.of(ForwardPath.parse("anna@example.org"))))
                .isInstanceOf(Refused.class)
                .hasMessage("no rule in next-hop covers anna@example.org");
    }

    @Test
    void aCorrectedAddressToWhichNobodyMaySendIsRefused() throws Exception {
        keep();

        assertThatThrownBy(() -> replay(Optional.of(ForwardPath.parse("anna@contoso.org"))))
                .isInstanceOf(Refused.class)
                .hasMessage("nobody may send to anna@contoso.org");
    }

    @Test
    void whatIsGoneFromTheSpoolIsNotSentToAnybodyElse() {
        assertThatThrownBy(() -> replay(Optional.of(BERTA))).isInstanceOf(Refused.class);
    }

    @Test
    void whatIsSpoiltIsNotSentButMayBeDropped() throws Exception {
        keep();
        spoil();

        assertThatThrownBy(() -> replay(Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessageEndingWith("so it cannot be sent");
        assertThat(decisions.drop(letter, CARLA).told().source()).isEqualTo("unknown:unknown");
    }

    @Test
    void whatIsDroppedIsToldAndSentNowhere() throws Exception {
        keep();

        Settlement settled = decisions.drop(letter, CARLA);

        assertThat(settled.again()).isEmpty();
        assertThat(settled.recipients()).containsExactly(ANNA, BERT);
        assertThat(settled.told().kind()).isEqualTo(Kind.DROPPED);
        assertThat(settled.told().reason()).isEqualTo("dropped by carla");
    }

    @Test
    void aDecisionAboutOneRecipientLeavesTheOthersTheirLetter() {
        assertThat(letter.of(Optional.of(ANNA)))
                .map(part -> part.check().recipients())
                .contains(List.of(ANNA));
        assertThat(letter.without(Optional.of(ANNA)))
                .map(part -> part.check().recipients())
                .contains(List.of(BERT));
        assertThat(letter.without(Optional.of(ANNA)).map(DeadLetter::reason)).contains("Nobody.");
    }

    @Test
    void aDecisionAboutAllLeavesNothingAndOneAboutAStrangerEverything() {
        assertThat(letter.of(Optional.empty())).contains(letter);
        assertThat(letter.without(Optional.empty())).isEmpty();
        assertThat(letter.of(Optional.of(BERTA))).isEmpty();
        assertThat(letter.without(Optional.of(BERTA))).contains(letter);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(DeadLetter.read(SpoolJson.write(letter), Instant.EPOCH)).isEqualTo(letter);
    }

    @Test
    void aClaimCheckAmongDeadLettersIsADeliveryThatMailchuteFailedOn() {
        DeadLetter read = DeadLetter.read(SpoolJson.write(letter.check()), queued);

        assertThat(read.check()).isEqualTo(letter.check());
        assertThat(read.time()).isEqualTo(queued);
        assertThat(read.reason()).startsWith("Mailchute itself failed on this delivery ten times");
    }

    @Test
    void whatIsNoneOfOursIsNoDeadLetter() {
        assertThatThrownBy(() -> DeadLetter.read("{\"check\": 1}", Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeadLetter.read("hello", Instant.EPOCH)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoDecidedIsTextThatIsSafeInALine() {
        assertThat(new Person("CONTOSO\\carla.berg")).hasToString("CONTOSO\\carla.berg");
        assertThat(new Person("a\r\nb \"c\"")).hasToString("a??b??c?");
        assertThat(new Person("x".repeat(900)).name()).hasSize(64);
        assertThat(new Person("")).hasToString("hand");
    }
}
