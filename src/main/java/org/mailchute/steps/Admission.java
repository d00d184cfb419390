package org.mailchute.steps;

import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.lane.Clearance;
import org.mailchute.spool.DiskRoom;

/** {@code admission}: whether this attempt may go to the server now, by {@link Clearance}; it waits here while the disk is full. */
public record Admission(DiskRoom disk, Clearance clearance) {
    @Handler
    public boolean admits(Exchange exchange) throws InterruptedException {
        disk.await(); // else the outcome could not be written down
        return clearance.isFor(Attempts.of(exchange));
    }
}
