/** Tests of the message as it goes over the wire. */
@NullMarked
package org.mailchute.message;

import org.jspecify.annotations.NullMarked;
