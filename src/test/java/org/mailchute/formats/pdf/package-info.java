/** Tests of reading PDF. */
@NullMarked
package org.mailchute.formats.pdf;

import org.jspecify.annotations.NullMarked;
