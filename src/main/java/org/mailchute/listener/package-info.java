/**
 * The SMTP server for devices that can only send by SMTP. Knows the envelope and certificates; where messages go, and who may
 * send to whom, it is told ({@link org.mailchute.listener.Handover}, {@link org.mailchute.listener.Policy}). Imports no
 * Camel. Start at {@link org.mailchute.listener.Session}.
 */
@NullMarked
package org.mailchute.listener;

import org.jspecify.annotations.NullMarked;
