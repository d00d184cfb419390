package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlatnessTest {
    private static Flatness of(double warmUp, double second, double third, double last, double floor) {
        List<Double> samples = Stream.of(warmUp, second, third, last)
                .flatMap(value -> Collections.nCopies(30, value).stream())
                .toList();
        return Flatness.of("figure", samples, value -> value, floor);
    }

    @Test
    void theLastQuarterIsComparedWithTheSecondAndTheWarmUpWithNothing() {
        assertThat(of(1, 100, 500, 115, 0).isFlat()).isTrue();
        assertThat(of(1, 100, 100, 116, 0).isFlat()).isFalse();
        assertThat(of(100, 100, 100, 50, 0).isFlat()).isTrue();
    }

    @Test
    void aGrowthBelowTheFloorMeansNothing() {
        assertThat(of(4, 4, 4, 8, 4).isFlat()).isTrue();
        assertThat(of(4, 4, 4, 9, 4).isFlat()).isFalse();
    }
}
