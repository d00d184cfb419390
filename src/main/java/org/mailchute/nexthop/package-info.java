/**
 * WHICH WAY: which lane carries which recipient, and the rule that decided. Knows the envelope and the options. Start at
 * {@link org.mailchute.nexthop.NextHop}.
 */
@NullMarked
package org.mailchute.nexthop;

import org.jspecify.annotations.NullMarked;
