/**
 * ONE NEXT HOP WITH QUEUE AND LIMITS: which lane carries a delivery, whether it is open, what an attempt over it came to, and
 * when the next one is. All rules of the steps between a lane's queue and the outcomes are here. Knows no Camel. Start at
 * {@link org.mailchute.lane.Lane} and {@link org.mailchute.lane.Attempt}.
 */
@NullMarked
package org.mailchute.lane;

import org.jspecify.annotations.NullMarked;
