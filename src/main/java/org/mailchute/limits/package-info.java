/**
 * HOW MUCH: what a lane may send, how often it tries, whether it is open. Start at
 * {@link org.mailchute.limits.SendingLimits}.
 */
@NullMarked
package org.mailchute.limits;

import org.jspecify.annotations.NullMarked;
