/**
 * INPUT TO TICKET: when an input is whole, what it asks for, and whether that is allowed. Start at
 * {@link org.mailchute.intake.IntakeRule}.
 */
@NullMarked
package org.mailchute.intake;

import org.jspecify.annotations.NullMarked;
