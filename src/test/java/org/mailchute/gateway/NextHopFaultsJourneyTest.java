package org.mailchute.gateway;

import org.junit.jupiter.api.DisplayName;

/** One fault of each step; {@link AllNextHopFaultsJourneyTest} has them all. */
@DisplayName("P3, P5: what goes wrong between us and a next hop ends as the table says, a fault of each step")
class NextHopFaultsJourneyTest extends NextHopFaults {
    NextHopFaultsJourneyTest() throws Exception {
        super(FaultRow::always);
    }
}
