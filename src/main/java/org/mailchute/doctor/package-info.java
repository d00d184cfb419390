/**
 * CHECKS, each with a remedy: does each lane fit Microsoft 365 as it is now? Sends no message, writes nothing, and prints no
 * secret. Knows the wire, proofs and replies, and not the settings. Start at {@link org.mailchute.doctor.Doctor}.
 */
@NullMarked
package org.mailchute.doctor;

import org.jspecify.annotations.NullMarked;
