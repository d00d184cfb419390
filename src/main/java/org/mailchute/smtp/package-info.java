/**
 * THE WIRE: kept sessions and the SMTP transaction. Start at {@link org.mailchute.smtp.SmtpPeer}.
 */
@NullMarked
package org.mailchute.smtp;

import org.jspecify.annotations.NullMarked;
