/** Tests of which way a recipient goes. */
@NullMarked
package org.mailchute.nexthop;

import org.jspecify.annotations.NullMarked;
