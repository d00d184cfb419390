package org.mailchute.spool;

import java.util.Optional;

/** Something that may stop all mail, and is well again by itself. */
sealed interface DiskTrouble permits FullDisk, SpoolTrouble {
    /** What is wrong now and what to do, for people; empty when nothing is. */
    Optional<String> fault();

    /** That it is over, for people. */
    String over();
}
