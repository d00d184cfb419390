/** Tests of watched folders. */
@NullMarked
package org.mailchute.watch;

import org.jspecify.annotations.NullMarked;
