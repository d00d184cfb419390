package org.mailchute.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailchute.lane.Lanes.paths;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.envelope.MailAddress;
import org.mailchute.intake.Refused;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.Rule;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.reply.Service;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;
import org.mailchute.testing.MovableClock;

class NextHopsTest {
    private static final SenderPolicy OWN =
            new SenderPolicy(SenderPolicy.Kind.OWN, Optional.of(MailAddress.parse("other@contoso.com")));

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private Lanes lanes;

    @BeforeEach
    void open() throws IOException {
        lanes = new Lanes(home, clock);
        lanes.relay("relay");
    }

    private List<ClaimCheck> deliveries(Ticket ticket, Rule... rules) throws Refused {
        return lanes.nextHops(rules).deliveries(ticket);
    }

    private void own() throws IOException {
        lanes.add(new NextHop.Submission("mailbox", "localhost", 587, Service.EXCHANGE_ONLINE), Lanes.LIMITS, OWN);
    }

    @Test
    void recipientsOfOneRuleAreOneDeliveryOverItsFirstLane() throws Exception {
        Ticket ticket = lanes.ticket(Wishes.NONE, "anna", "bert");

        assertThat(deliveries(ticket, new Rule(Optional.empty(), "*", List.of("relay", "other"))))
                .containsExactly(new ClaimCheck(
                        ticket.queueId(),
                        "relay",
                        List.of("relay", "other"),
                        paths("anna", "bert"),
                        0,
                        false,
                        clock.instant()));
    }

    @Test
    void moreThanTheLaneTakesAreSeveralDeliveries() throws Exception {
        lanes.add(
                new NextHop.Relay("small", "localhost", 25), new SendingLimits(3, 0, 0, 0, 2, 1_000), SenderPolicy.ANY);

        assertThat(deliveries(lanes.ticket(Wishes.NONE, "anna", "bert", "carl"), new Rule("*", "small")))
                .extracting(ClaimCheck::recipients)
                .containsExactly(paths("anna", "bert"), paths("carl"));
    }

    @Test
    void aRecipientThatNoRuleCoversRefusesTheMessageForAll() {
        assertThatThrownBy(() -> deliveries(lanes.ticket(Wishes.NONE, "anna"), new Rule("fabrikam.com", "relay")))
                .isInstanceOf(Refused.class)
                .hasMessage("no rule in next-hop covers anna@contoso.com");
    }

    @Test
    void aSenderThatNoLaneCarriesIsRefusedAndNamed() throws IOException {
        own();

        assertThatThrownBy(() -> deliveries(lanes.ticket(Wishes.NONE, "anna"), new Rule("*", "mailbox")))
                .isInstanceOf(Refused.class)
                .hasMessage("lane mailbox sends for its own mailbox only, not for scanner@contoso.com"
                        + " (envelope sender <scanner@contoso.com>)");
    }

    @Test
    void aWishThatNoLaneGrantsIsRefusedAsTheApplicationWroteIt() {
        Wishes wishes =
                new Wishes(Optional.empty(), Optional.empty(), Optional.of(Wishes.Sender.REWRITE), Optional.empty());

        assertThatThrownBy(() -> deliveries(lanes.ticket(wishes, "anna"), new Rule("*", "relay")))
                .isInstanceOf(Refused.class)
                .hasMessage("lane relay does not send as senderPolicy \"rewrite\" asks");
    }

    @Test
    void aLaneThatIsSparedCarriesItOnlyWhereNoOtherCan() throws Exception {
        lanes.relay("other");
        Rule both = new Rule(Optional.empty(), "*", List.of("relay", "other"));

        assertThat(deliveries(lanes.ticket(Wishes.sparing(Set.of("relay")), "anna"), both))
                .extracting(ClaimCheck::lane)
                .containsExactly("other");
        assertThat(deliveries(lanes.ticket(Wishes.sparing(Set.of("relay", "other")), "anna"), both))
                .extracting(ClaimCheck::lane)
                .containsExactly("relay");
    }
}
