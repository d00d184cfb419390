/** Tests of what becomes mail, and of what must not. */
@NullMarked
package org.mailchute.intake;

import org.jspecify.annotations.NullMarked;
