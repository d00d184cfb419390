/** Tests of lanes. */
@NullMarked
package org.mailchute.lane;

import org.jspecify.annotations.NullMarked;
