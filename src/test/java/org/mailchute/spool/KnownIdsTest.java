package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownIdsTest {
    @Test
    void allThatWereAddedAreKnownAndNoOthers() {
        KnownIds known = new KnownIds();
        Set<QueueId> added = new HashSet<>();
        for (int number = 0; number < 20_000; number++) {
            added.add(QueueId.next(Clock.systemUTC()));
        }

        added.forEach(known::add);

        assertThat(known.size()).isEqualTo(added.size());
        assertThat(added).allMatch(known);
        for (int number = 0; number < 20_000; number++) {
            QueueId other = QueueId.next(Clock.systemUTC());
            assertThat(known.test(other)).isEqualTo(added.contains(other));
        }
    }

    @Test
    void oneThatIsAddedAgainIsNotNew() {
        KnownIds known = new KnownIds();
        QueueId id = QueueId.next(Clock.systemUTC());

        assertThat(known.add(id)).isTrue();
        assertThat(known.add(id)).isFalse();
        assertThat(known.size()).isEqualTo(1);
    }
}
