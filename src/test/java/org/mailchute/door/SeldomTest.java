package org.mailchute.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.testing.MovableClock;

/** How often the log tells what anybody may bring about. */
class SeldomTest {
    private final MovableClock clock = new MovableClock();
    private final Seldom seldom = new Seldom(clock);

    private Optional<String> at(String address, String kind) throws UnknownHostException {
        return seldom.now(InetAddress.getByName(address), kind);
    }

    @Test
    @DisplayName("P9: what one brings about again and again is told once a minute, with how many more there were")
    void isToldAtOnceAndThenOnceAMinuteWithACount() throws Exception {
        assertThat(at("192.0.2.1", "late")).contains("");
        for (int more = 0; more < 17; more++) {
            clock.move(Duration.ofSeconds(3));
            assertThat(at("192.0.2.1", "late")).isEmpty();
        }
        clock.move(Duration.ofSeconds(9));
        assertThat(at("192.0.2.1", "late")).contains(" (and 17 more like it)");
        clock.move(Duration.ofMinutes(1));
        assertThat(at("192.0.2.1", "late")).contains("");
        assertThat(at("192.0.2.1", "many")).as("something else").contains("");
        assertThat(at("192.0.2.2", "late")).as("another").contains("");
    }

    @Test
    @DisplayName("P9: nor do many addresses fill the log")
    void afterAThousandOriginsThoseOfOneKindAreToldAsOne() throws Exception {
        long told = IntStream.range(0, 5_000)
                .mapToObj(number -> "10.0." + number / 250 + "." + number % 250)
                .filter(address -> {
                    try {
                        return at(address, "late").isPresent();
                    } catch (UnknownHostException e) {
                        throw new AssertionError(e);
                    }
                })
                .count();
        assertThat(told).isEqualTo(1_001);
        clock.move(Duration.ofHours(1));
        assertThat(at("10.1.0.1", "late")).as("by itself again").contains("");
    }
}
