package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Other settings for a gateway that runs. */
class ReloadJourneyTest {
    @RegisterExtension
    static final Town TOWN = new Town();

    @BeforeAll
    static void start() throws Exception {
        TOWN.start();
    }

    @Test
    void whatTheFileSaysAndTheGatewayDoesNotRunByIsShownAndSaid() throws Exception {
        assertThat(TOWN.command("check", "--diff").out()).endsWith("mailchute.yaml: the gateway runs by it\n");
        assertThat(TOWN.command("lanes").out()).doesNotContain("changed");

        TOWN.withMailboxOptions("messagesPerMinute: 20");
        assertThat(TOWN.command("check", "--diff").out()).isEqualTo("lanes[mailbox].messagesPerMinute: 0 -> 20\n");
        assertThat(TOWN.command("lanes").out()).contains("The settings file has changed");
        assertThat(TOWN.command("explain", "anna@contoso.example").out()).contains("The settings file has changed");
        assertThat(TOWN.command("explain", "anna@contoso.example", "--json").out())
                .contains("\"differs\":true");
        TOWN.withMailboxOptions("messagesPerMinute: 0");
    }
}
