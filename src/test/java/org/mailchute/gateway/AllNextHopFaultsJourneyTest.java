package org.mailchute.gateway;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("nightly")
@DisplayName("P3, P5: what goes wrong between us and a next hop ends as the table says, every fault at every step")
class AllNextHopFaultsJourneyTest extends NextHopFaults {
    AllNextHopFaultsJourneyTest() throws Exception {
        super(row -> true);
    }
}
