/** Tests of the embedded broker's port. */
@NullMarked
package org.mailchute.border;

import org.jspecify.annotations.NullMarked;
