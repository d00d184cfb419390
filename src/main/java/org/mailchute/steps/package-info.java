/**
 * The beans that the route files call, one class a step; each one's Javadoc begins with its name in the YAML. They move values between the exchange and
 * the rooms that know the rules; a step with a rule of its own is a mistake. May import Camel; knows nothing of settings or
 * gateway. Start at the route files, {@code routes/}.
 */
@NullMarked
package org.mailchute.steps;

import org.jspecify.annotations.NullMarked;
