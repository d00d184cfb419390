package org.mailchute.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WakesTest {
    private final List<String> woken = new ArrayList<>();
    private final Wakes wakes = new Wakes(new BrokerView() {
        @Override
        public long count(String queue) {
            return 0;
        }

        @Override
        public void wake(String queue) {
            woken.add(queue);
        }
    });

    @Test
    void theQueueOfALaneThatOpensIsWokenAtOnceAndAtTheNextTwoLooks() {
        wakes.opened("mailbox");
        assertThat(woken).containsExactly("mailbox");

        wakes.look();
        wakes.look();
        wakes.look();

        assertThat(woken).containsExactly("mailbox", "mailbox", "mailbox");
    }

    @Test
    void aLaneThatOpensOnceMoreIsLookedAfterFromTheBeginning() {
        wakes.opened("mailbox");
        wakes.look();
        wakes.opened("mailbox");
        woken.clear();

        wakes.look();
        wakes.look();
        wakes.look();

        assertThat(woken).containsExactly("mailbox", "mailbox");
    }
}
