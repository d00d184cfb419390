/**
 * THE WAYS IN: what the settings name as intakes, opened, one class a kind. Each binds the beans that its own route file names and adds
 * its route. What mail is made of the input is not known here but in intake, watch, polled, request and listener. Start at
 * {@link org.mailchute.intakes.IntakeKind}.
 */
@NullMarked
package org.mailchute.intakes;

import org.jspecify.annotations.NullMarked;
