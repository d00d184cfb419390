/**
 * WHAT HAPPENED: delivery events, the mail log and the meters read from them. Start at
 * {@link org.mailchute.trace.DeliveryEvent}.
 */
@NullMarked
package org.mailchute.trace;

import org.jspecify.annotations.NullMarked;
