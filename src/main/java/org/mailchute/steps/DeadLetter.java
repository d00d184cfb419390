package org.mailchute.steps;

import java.time.Instant;
import org.mailchute.spool.ClaimCheck;

/**
 * A delivery that ended without success, kept until a person decides.
 *
 * @param check ticket, lane and recipients
 * @param time when it was given up
 * @param reply what the server said last; {@code no reply: ...} where it said nothing
 * @param reason why, for the help desk
 * @param remedy what to do
 */
public record DeadLetter(ClaimCheck check, Instant time, String reply, String reason, String remedy) {}
