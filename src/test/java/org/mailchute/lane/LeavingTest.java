package org.mailchute.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.lane.Lanes.deferred;
import static org.mailchute.lane.Lanes.paths;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.deferred.Places;
import org.mailchute.nexthop.Rule;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.spool.Wishes;
import org.mailchute.testing.MovableClock;

/** What waits for a lane that is not in the settings any more. */
class LeavingTest {
    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private Lanes lanes;
    private Lane old;
    private NextHops nextHops;

    @BeforeEach
    void open() throws IOException {
        lanes = new Lanes(home, clock);
        old = lanes.leaving("old");
        lanes.relay("one");
        lanes.relay("two");
        nextHops = lanes.nextHops(
                new Rule("contoso.com", "one"),
                new Rule(Optional.empty(), "fabrikam.com", List.of("old", "two")),
                new Rule("partner.com", "old"));
    }

    private boolean cleared(Attempt attempt) throws Exception {
        return new Clearance(lanes.book, lanes.composer, new Hearing(ReplyTable.load()), nextHops, clock)
                .isFor(attempt);
    }

    private NextTry next(Attempt attempt, Part part) {
        return new NextTries(Lanes::retries, nextHops, Waits.SHELVED, clock).of(attempt, part);
    }

    @Test
    void eachRecipientGoesOverALaneThatTheRulesNameNowOrIsGivenUp() throws Exception {
        Attempt attempt = lanes.attempt(old, "anna", "bert", "buyer@fabrikam.com", "carl@partner.com");
        assertThat(cleared(attempt)).isFalse();

        List<Part> parts = new Parts(Lanes::retries, lanes.stops).of(attempt);
        assertThat(parts).hasSize(3);
        NextTry one = next(attempt, parts.get(0));
        assertThat(one.instead()).contains("one");
        assertThat(one.place().queue()).isEqualTo("mailchute.relay.one");
        assertThat(one.check())
                .isEqualTo(attempt.check().forRecipients(paths("anna", "bert")).over("one", List.of("one")));
        assertThat(next(attempt, parts.get(1)).check().lane()).isEqualTo("two");
        assertThat(parts.get(2).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        outcome -> assertThat(outcome.verdict().cause())
                                .contains("lane old is not in the settings any more"));
        assertThat(lanes.told).isEmpty();
    }

    @Test
    @DisplayName("P3: what may have been sent already is not sent at once by another lane")
    void whatIsUncertainWaitsAsEver() throws Exception {
        Attempt attempt = lanes.attempt(old, "anna");
        attempt.recalls(clock.instant());
        NextTry next = next(attempt, new Part(deferred(Scope.MESSAGE, Action.UNCERTAIN), paths("anna")));
        assertThat(next.time()).isEqualTo(clock.instant().plus(Lanes.UNCERTAIN));
        assertThat(next.place().queue()).isEqualTo(Places.DEFERRED);
        assertThat(next.check().uncertain()).isTrue();
    }

    /** Nothing of it is lost: by the time it is looked at, the rules name others. */
    @Test
    void aNewMessageGoesThereOnlyWhereItsRuleStillNamesNoOther() throws Exception {
        assertThat(nextHops.deliveries(lanes.ticket(Wishes.NONE, "buyer@fabrikam.com", "carl@partner.com")))
                .extracting("lane")
                .containsExactly("two", "old");
    }
}
