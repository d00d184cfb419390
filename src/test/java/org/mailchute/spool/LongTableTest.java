package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {
    private final LongTable table = new LongTable(1);

    /** Against a map of Java's; so few different hashes that many lie behind one another, also around the end. */
    @Test
    void whatIsPutAndTakenOutIsThereAsInAMap() {
        Map<Long, Long> map = new HashMap<>();
        Random random = new Random(1);
        for (int step = 0; step < 50_000; step++) {
            long hash = 1 + random.nextInt(3_000);
            if (random.nextInt(3) == 0) {
                assertThat(table.remove(hash)).isEqualTo(map.remove(hash) != null);
            } else {
                table.put(hash, 1, step);
                map.put(hash, (long) step);
            }
        }
        assertThat(table.size()).isEqualTo(map.size());
        for (long hash = 1; hash <= 3_000; hash++) {
            assertThat(table.has(hash)).isEqualTo(map.containsKey(hash));
            assertThat(table.word(hash, 1)).isEqualTo(map.getOrDefault(hash, 0L));
        }
    }

    @Test
    void oneIsTakenOutByItsWordAndNoOther() {
        for (long hash = 2; hash < 100; hash++) {
            table.put(hash, 1, 1_000 + hash);
        }

        table.removeWith(1, 1_050);
        table.removeWith(1, 9_999);

        assertThat(table.has(50)).isFalse();
        assertThat(table.size()).isEqualTo(97);
    }
}
