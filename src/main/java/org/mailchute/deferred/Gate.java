package org.mailchute.deferred;

import java.util.Collection;

/** What may be moved, and whether lanes are open. */
public interface Gate {
    /** Whether anything may be moved now; else all stays where it is. */
    boolean moves();

    /** All lanes, by name. */
    Collection<String> lanes();

    /** Whether a lane may send now, be it only to try. */
    boolean isOpen(String lane);

    /** How often a lane was opened: it may have been closed and opened between two looks. */
    int openings(String lane);

    /**
     * How many deliveries that wait for a lane it takes until the next look, in half a second; none while it is closed.
     *
     * @param lane a name, also of a lane that is not there any more
     */
    long takes(String lane);
}
