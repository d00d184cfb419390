/**
 * ONE NEXT HOP WITH QUEUE AND LIMITS: which lane carries a delivery, and whether it is open. Knows no Camel. Start at
 * {@link org.mailchute.lane.Lane}.
 */
@NullMarked
package org.mailchute.lane;

import org.jspecify.annotations.NullMarked;
