/** Tests of completeness and pages. */
@NullMarked
package org.mailchute.formats;

import org.jspecify.annotations.NullMarked;
