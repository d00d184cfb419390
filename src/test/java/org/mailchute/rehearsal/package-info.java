/** Tests of demo and rehearsal. */
@NullMarked
package org.mailchute.rehearsal;

import org.jspecify.annotations.NullMarked;
