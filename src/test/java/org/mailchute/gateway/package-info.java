/** Journeys: mail through a whole gateway, against real parts. */
@NullMarked
package org.mailchute.gateway;

import org.jspecify.annotations.NullMarked;
