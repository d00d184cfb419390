/** Tests of the wire, against real sockets. Start at {@link org.mailchute.smtp.SessionPoolTest}. */
@NullMarked
package org.mailchute.smtp;

import org.jspecify.annotations.NullMarked;
