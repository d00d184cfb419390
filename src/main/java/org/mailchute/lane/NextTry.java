package org.mailchute.lane;

import java.time.Instant;
import java.util.Optional;
import org.mailchute.spool.ClaimCheck;

/**
 * How a deferred part goes on.
 *
 * @param check what is enqueued
 * @param time when it is tried again, as people are told
 * @param place where it is until then
 * @param instead name of the lane that takes over; empty when its own goes on
 */
public record NextTry(ClaimCheck check, Instant time, Waits.Place place, Optional<String> instead) {}
