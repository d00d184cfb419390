package org.mailchute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.limits.Budget.Spending;

/**
 * Random schedules against a reference that counts as a server does: at MAIL and at acceptance, by true time, which no clock, kill
 * or restart changes.
 */
class SlidingLimitTest {
    private static final int STEPS = 3_000;

    @TempDir
    Path folder;

    /** A limit, and what may happen to it. */
    private record Game(
            long seed, int limit, Duration window, int largest, boolean bootKnown, boolean wallIsRightAtBoot) {
        /** So long may everything take that happens to one message, if the limit is to be reached. */
        Duration unit() {
            return window.dividedBy(Math.max(1, 4L * limit / (1 + largest)));
        }

        @Override
        public String toString() {
            return limit + " in " + window + ", seed " + seed + (bootKnown ? "" : ", machine unknown");
        }
    }

    static Stream<Game> games() {
        return Stream.iterate(1L, seed -> seed + 1)
                .limit(4)
                .flatMap(seed -> Stream.of(
                        new Game(seed, 30, Duration.ofMinutes(1), 1, true, false),
                        new Game(seed, 3, Duration.ofMinutes(1), 1, true, false),
                        new Game(seed, 30, Duration.ofMinutes(1), 1, false, false),
                        new Game(seed, 100, Duration.ofHours(1), 1, true, true),
                        new Game(seed, 10_000, Duration.ofHours(24), 500, true, true)));
    }

    @ParameterizedTest
    @MethodSource("games")
    @DisplayName(
            "P6: in no sliding time more than the limit, at MAIL or at acceptance, through kills, power cuts and steps of the clock")
    void noScheduleExceedsTheLimit(Game game) throws IOException {
        Schedule schedule = new Schedule(game, folder.resolve("pace").resolve("file"));
        for (int step = 0; step < STEPS; step++) {
            schedule.step();
        }
        assertThat(schedule.most(schedule.begun)).as("at MAIL").isLessThanOrEqualTo(game.limit());
        assertThat(schedule.most(schedule.taken)).as("at acceptance").isLessThanOrEqualTo(game.limit());
        assertThat(schedule.most(schedule.taken)).as("and it is used").isGreaterThan(game.limit() / 2);
    }

    /** A message on its way: when its MAIL comes, and when it is accepted, nobody but the server knows. */
    private record Sending(Spending spending, int recipients, long begun) {}

    private static final class Schedule {
        private final Game game;
        private final Path file;
        private final Random random;
        private final Machine machine = new Machine();
        private final List<Sending> sendings = new ArrayList<>();
        private final TreeMap<Long, Integer> begun = new TreeMap<>();
        private final TreeMap<Long, Integer> taken = new TreeMap<>();
        /** True time, in milliseconds. */
        private long time;

        private Budget budget;

        Schedule(Game game, Path file) throws IOException {
            this.game = game;
            this.file = file;
            this.random = new Random(game.seed());
            if (!game.bootKnown()) {
                machine.unknown();
            }
            this.budget = open();
        }

        private Budget open() throws IOException {
            return Budget.open(
                    (name, window, clock, uptime) -> new BudgetFile(file, window, clock, uptime),
                    "",
                    game.limit(),
                    game.window(),
                    machine.clock,
                    machine.uptime());
        }

        void step() throws IOException {
            switch (random.nextInt(150)) {
                case 0 -> kill();
                case 1 -> stop();
                case 2 -> powerCut();
                case 3 -> machine.clock.move(jump());
                case 4 -> pass(game.window());
                case 5, 6, 7, 8, 9 -> pass(game.window().dividedBy(10));
                default -> {
                    if (random.nextInt(3) == 0) {
                        end();
                    } else {
                        begin();
                    }
                }
            }
            pass(game.unit().dividedBy(4));
        }

        private void begin() throws IOException {
            int recipients = 1 + random.nextInt(game.largest());
            Optional<Spending> spending = sendings.size() < 3 ? budget.take(recipients) : Optional.empty();
            if (spending.isPresent()) {
                pass(game.unit());
                sendings.add(new Sending(spending.get(), recipients, time));
            } else {
                end();
            }
        }

        /** Accepted, refused, or accepted and the reply lost; sometimes accepted only after we gave up. */
        private void end() {
            if (sendings.isEmpty()) {
                return;
            }
            Sending sending = sendings.remove(random.nextInt(sendings.size()));
            switch (random.nextInt(10)) {
                case 0 -> refused(sending);
                case 1 -> {
                    sending.spending().end(sending.recipients(), true);
                    later(sending);
                }
                default -> {
                    counts(sending, time);
                    pass(game.unit().dividedBy(4));
                    sending.spending().end(sending.recipients(), false);
                }
            }
        }

        /** A message counts at its MAIL, whatever comes of it; its recipients only when they are not refused. */
        private void refused(Sending sending) {
            if (game.largest() == 1) {
                begun.merge(sending.begun(), 1, Integer::sum);
            }
            sending.spending().end(game.largest() == 1 ? 1 : 0, false);
        }

        private void counts(Sending sending, long accepted) {
            begun.merge(sending.begun(), sending.recipients(), Integer::sum);
            taken.merge(accepted, sending.recipients(), Integer::sum);
        }

        /** What is in nobody's hands arrives within a minute. */
        private void later(Sending sending) {
            counts(sending, time + random.nextInt(60_000));
        }

        private void kill() throws IOException {
            sendings.forEach(this::later);
            sendings.clear();
            if (random.nextBoolean()) {
                machine.clock.move(jump());
            }
            pass(Duration.ofSeconds(2));
            budget = open();
        }

        private void stop() throws IOException {
            while (!sendings.isEmpty()) {
                end();
            }
            budget.close();
            pass(Duration.ofSeconds(2));
            budget = open();
        }

        /** The last lines may be missing; of a longer time, where that may cost something, they are not. */
        private void powerCut() throws IOException {
            sendings.forEach(sending -> counts(sending, time));
            sendings.clear();
            byte[] bytes = Files.readAllBytes(file);
            if (!game.wallIsRightAtBoot()) {
                int header = new String(bytes, java.nio.charset.StandardCharsets.US_ASCII).indexOf('\n') + 1;
                Files.write(file, Arrays.copyOf(bytes, header + random.nextInt(bytes.length - header + 1)));
            }
            long down = 1_000L + random.nextInt((int) game.window().toMillis());
            time += down;
            machine.restart(Duration.ofMillis(down));
            if (!game.wallIsRightAtBoot()) {
                machine.clock.move(jump());
            }
            budget = open();
        }

        private Duration jump() {
            return game.wallIsRightAtBoot() ? Duration.ZERO : Duration.ofMinutes(random.nextInt(6_000) - 3_000);
        }

        private void pass(Duration most) {
            Duration by = Duration.ofMillis(random.nextInt((int) most.toMillis() + 1));
            time += by.toMillis();
            machine.move(by);
        }

        int most(TreeMap<Long, Integer> counted) {
            return counted.keySet().stream()
                    .mapToInt(from -> counted.subMap(from, from + game.window().toMillis()).values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .max()
                    .orElse(0);
        }
    }
}
