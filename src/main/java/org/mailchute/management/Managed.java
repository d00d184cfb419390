package org.mailchute.management;

import java.time.Clock;
import java.util.Map;
import org.mailchute.lane.Lane;
import org.mailchute.lane.LaneStops;
import org.mailchute.limits.LaneBook;
import org.mailchute.spool.DiskRoom;
import org.mailchute.steps.DeadLetterDesk;
import org.mailchute.steps.Intake;

/** What management sees of a running gateway, and does there for an administrator. */
public interface Managed {
    Clock clock();

    /** By name, in the order written. */
    Map<String, Lane> lanes();

    /** By name, in the order written. */
    Map<String, Intake> intakes();

    LaneBook book();

    /** Holds and releases lanes. */
    LaneStops stops();

    DeadLetterDesk desk();

    DiskRoom disk();

    /** Deliveries that wait for a lane, in its queue, for it to open, or for a later time; -1 when the broker does not tell. */
    long waiting(Lane lane);

    /** Messages in a queue; -1 when the broker does not tell. */
    long waiting(String queue);

    /** Whether it can do its work now. */
    Health ready();

    /** Whether it is worth waiting for. */
    Health live();
}
