/** Devices, real and hostile, at the FTP drop. */
@NullMarked
package org.mailchute.drop;

import org.jspecify.annotations.NullMarked;
