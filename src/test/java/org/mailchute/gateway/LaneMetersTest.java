package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LaneMetersTest {
    @RegisterExtension
    final Town town = new Town();

    @Test
    void stateQueueAndBudgetOfEachLaneAndDeadLettersAreTold() throws Exception {
        town.start();
        assertThat(town.metrics())
                .as("before anything happened")
                .contains(
                        "mailchute_lane_state{lane=\"direct\",state=\"open\"} 1.0",
                        "mailchute_lane_state{lane=\"direct\",state=\"held\"} 0.0",
                        "mailchute_lane_waiting{lane=\"direct\"} 0.0",
                        "mailchute_lane_budget_limit{lane=\"mailbox\"} 10000.0",
                        "mailchute_lane_budget_left{lane=\"mailbox\"} 10000.0",
                        "mailchute_messages_refused_total{source=\"folder:scans\"} 0.0",
                        "mailchute_recipients_total{lane=\"direct\",option=\"direct-send\",outcome=\"accepted\"} 0.0",
                        "mailchute_dead_letters 0.0");

        town.command("lanes", "hold", "direct");
        town.scan("scans", "a.bin", "content");
        town.publish(Letters.letter("buyer@fabrikam.example"));

        await().untilAsserted(() -> assertThat(town.metrics())
                .contains(
                        "mailchute_lane_waiting{lane=\"direct\"} 1.0",
                        "mailchute_lane_budget_left{lane=\"mailbox\"} 9999.0"));
        assertThat(town.metrics())
                .contains(
                        "mailchute_lane_state{lane=\"direct\",state=\"open\"} 0.0",
                        "mailchute_lane_state{lane=\"direct\",state=\"held\"} 1.0");
    }

    @Test
    void aMessageThatNobodyTakesIsCountedAmongTheDeadLetters() throws Exception {
        town.start();
        town.publish(Letters.letter("leaver@contoso.example"));

        await().untilAsserted(() -> assertThat(town.metrics()).contains("mailchute_dead_letters 1.0"));
    }
}
