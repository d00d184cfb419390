/** Tests of how much may be sent. */
@NullMarked
package org.mailchute.limits;

import org.jspecify.annotations.NullMarked;
