package org.mailchute.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WheelTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private final Random random = new Random(1);

    @Test
    void theFinestSlotsAreTwoSecondsWideAndAllReachOverADay() {
        assertThat(Wheel.width(0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Wheel.width(4).multipliedBy(Wheel.SLOTS - 1)).isGreaterThan(Duration.ofDays(1));
        assertThat(Wheel.all()).hasSize(60).doesNotHaveDuplicates();
        assertThat(Wheel.all().stream().map(Slot::queue))
                .doesNotHaveDuplicates()
                .contains("mailchute.deferred.16s.3");
    }

    @Test
    void whatIsDueSoonWaitsInAFineSlotAndWhatIsDueLateInAWideOne() {
        assertThat(Wheel.place(NOON.plusSeconds(1), NOON).level()).isZero();
        assertThat(Wheel.place(NOON.plusSeconds(60), NOON).level()).isEqualTo(1);
        assertThat(Wheel.place(NOON.plusSeconds(3_600), NOON).level()).isEqualTo(3);
        assertThat(Wheel.place(NOON.plus(Duration.ofDays(300)), NOON).level()).isEqualTo(4);
    }

    /** Follows deliveries through the wheel, looking now every half second, now less often, with a clock that is set now and then. */
    @Test
    void everyDeliveryLeavesWithinTwoSecondsOfItsTimeAndNeverBeforeIt() {
        for (int run = 0; run < 300; run++) {
            Instant now = NOON.plusMillis(random.nextInt(100_000_000));
            Instant due = now.plusMillis((long) Math.exp(random.nextDouble() * Math.log(4 * 86_400_000.0)));
            Slot slot = Wheel.place(due, now);
            Instant turned = now;
            int moves = 1;
            while (slot != null) {
                long left = Math.max(500, Duration.between(now, due).toMillis() / 20);
                now = now.plusMillis(1 + random.nextInt((int) Math.min(left, 3_600_000)));
                now = now.isAfter(due.plusSeconds(2)) ? due.plusSeconds(2) : now;
                List<Slot> open = Wheel.turned(turned, now);
                turned = now;
                if (open.contains(slot)) {
                    slot = due.isAfter(now) ? Wheel.place(due, now) : null;
                    moves++;
                }
                if (slot != null) {
                    assertThat(now).as("run %d, due %s, in %s", run, due, slot).isBefore(due.plusSeconds(2));
                }
            }
            assertThat(now).isAfterOrEqualTo(due);
            assertThat(moves).isLessThanOrEqualTo(6 + (int) Duration.ofDays(4).dividedBy(Duration.ofDays(1)));
        }
    }

    @Test
    void whatIsPlacedIsNotMissedAndWhatIsMissedIsFoundHoweverLongNobodyLooked() {
        for (int run = 0; run < 2_000; run++) {
            Instant placed = NOON.plusMillis(random.nextInt(100_000_000));
            Instant due = placed.plusMillis(1 + random.nextInt(300_000_000));
            Slot slot = Wheel.place(due, placed);
            Instant back = placed.plusMillis(random.nextInt(400_000_000));
            Instant nextTurn = back;
            while (!Wheel.turned(back, nextTurn).contains(slot)) {
                nextTurn = nextTurn.plusMillis(Wheel.width(slot.level()).toMillis() / 2);
            }

            assertThat(Wheel.isMissed(slot, due, placed))
                    .as("%s at %s", due, placed)
                    .isFalse();
            if (!Wheel.isMissed(slot, due, back)) {
                assertThat(nextTurn.minus(Wheel.width(slot.level())))
                        .as("%s placed at %s, next looked at", due, placed)
                        .isBefore(due.plusSeconds(2));
            }
        }
    }

    @Test
    void afterALongTimeAllSlotsHaveTurned() {
        Set<Slot> turned = new HashSet<>(Wheel.turned(NOON, NOON.plus(Duration.ofDays(7))));

        assertThat(turned).containsExactlyInAnyOrderElementsOf(Wheel.all());
        assertThat(Wheel.turned(NOON, NOON)).isEmpty();
        assertThat(Wheel.turned(NOON, NOON.minusSeconds(3_600))).isEmpty();
    }
}
