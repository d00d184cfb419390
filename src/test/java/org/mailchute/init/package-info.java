/** Tests of the first settings. */
@NullMarked
package org.mailchute.init;

import org.jspecify.annotations.NullMarked;
