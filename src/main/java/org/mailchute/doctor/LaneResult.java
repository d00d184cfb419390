package org.mailchute.doctor;

import java.util.List;

/** What was found of one lane. */
public record LaneResult(String lane, String option, String host, int port, List<Check> checks) {
    public LaneResult {
        checks = List.copyOf(checks);
    }
}
