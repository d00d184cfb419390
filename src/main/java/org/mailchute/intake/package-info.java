/**
 * INPUT TO TICKET: what an intake's rule makes of its input, whether that is allowed, and where what is refused rests. Start at
 * {@link org.mailchute.intake.IntakeRule}.
 */
@NullMarked
package org.mailchute.intake;

import org.jspecify.annotations.NullMarked;
