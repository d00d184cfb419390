/**
 * THE OCTETS OF AN SMTP SERVER: commands in, replies out ({@link org.mailchute.smtpserver.Lines}), and the message after DATA
 * ({@link org.mailchute.smtpserver.DotContent}), for the listener and for the simulator. What a command means, and how long one
 * waits for it, each of them knows itself. The client has its own, so that it is tested by another's. Start at
 * {@link org.mailchute.smtpserver.Lines}.
 */
@NullMarked
package org.mailchute.smtpserver;

import org.jspecify.annotations.NullMarked;
