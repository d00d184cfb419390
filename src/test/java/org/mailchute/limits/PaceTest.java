package org.mailchute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mailchute.reply.Ease;
import org.mailchute.testing.MovableClock;

class PaceTest {
    private final MovableClock clock = new MovableClock();

    @Test
    void eachComplaintOfTooManySessionsTakesOneButTheLast() {
        Pace pace = new Pace(3, 5, clock);

        pace.ease(Ease.SESSIONS);
        assertThat(pace.sessions()).isEqualTo(2);
        pace.ease(Ease.SESSIONS);
        pace.ease(Ease.SESSIONS);
        assertThat(pace.sessions()).isEqualTo(1);
        assertThat(pace.messages()).as("the rate stays").isEqualTo(5);
    }

    @Test
    void sessionsComeBackOneByOneWhileNobodyComplains() {
        Pace pace = new Pace(3, 5, clock);
        pace.ease(Ease.SESSIONS);
        pace.ease(Ease.SESSIONS);

        clock.move(Duration.ofMinutes(5).minusNanos(1));
        assertThat(pace.sessions()).isEqualTo(1);
        clock.move(Duration.ofNanos(1));
        assertThat(pace.sessions()).isEqualTo(2);
        clock.move(Duration.ofMinutes(4));
        pace.ease(Ease.SESSIONS);
        clock.move(Duration.ofMinutes(4));
        assertThat(pace.sessions()).as("a complaint begins the wait anew").isEqualTo(1);
        clock.move(Duration.ofDays(1));
        assertThat(pace.sessions()).isEqualTo(3);
    }

    @Test
    void whoTookOverFromASilentOneBeginsWithOneSessionSinceTheOthersMayBeOpenStill() {
        Pace pace = new Pace(3, 5, clock);
        pace.oneSession();
        assertThat(pace.sessions()).isEqualTo(1);
        assertThat(pace.messages()).isEqualTo(5);
        clock.move(Duration.ofMinutes(10).minusNanos(1));
        assertThat(pace.sessions()).isEqualTo(1);
        clock.move(Duration.ofNanos(1));
        assertThat(pace.sessions()).isEqualTo(2);
        clock.move(Duration.ofMinutes(5));
        assertThat(pace.sessions()).isEqualTo(3);
    }

    @Test
    void aBusyServerHalvesTheRateAndItDoublesAgain() {
        Pace pace = new Pace(2, 5, clock);

        pace.ease(Ease.RATE);
        assertThat(pace.messages()).isEqualTo(2);
        pace.ease(Ease.RATE);
        pace.ease(Ease.RATE);
        assertThat(pace.messages()).isEqualTo(1);
        assertThat(pace.sessions()).as("the sessions stay").isEqualTo(2);
        clock.move(Duration.ofMinutes(10));
        assertThat(pace.messages()).isEqualTo(4);
        clock.move(Duration.ofMinutes(5));
        assertThat(pace.messages()).isEqualTo(5);
    }

    @Test
    void aLaneWithoutALimitIsSlowedTooAndGoesBackToNone() {
        int unlimited = Burst.of(0).messages();
        Pace pace = new Pace(8, unlimited, clock);

        pace.ease(Ease.RATE);
        assertThat(pace.messages()).isEqualTo(8);
        clock.move(Duration.ofMinutes(5));
        assertThat(pace.messages()).isEqualTo(16);
        clock.move(Duration.ofMinutes(5));
        assertThat(pace.messages()).isEqualTo(unlimited);
    }

    @Test
    void whatIsNoComplaintChangesNothing() {
        Pace pace = new Pace(2, 5, clock);
        pace.ease(Ease.NOTHING);

        assertThat(pace.sessions()).isEqualTo(2);
        assertThat(pace.messages()).isEqualTo(5);
    }
}
