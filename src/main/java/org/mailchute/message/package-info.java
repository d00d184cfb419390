/**
 * MIME: the message as it goes over the wire, composed from a ticket while it is sent. Knows the envelope and the spool. Start at
 * {@link org.mailchute.message.MessageComposer}.
 */
@NullMarked
package org.mailchute.message;

import org.jspecify.annotations.NullMarked;
