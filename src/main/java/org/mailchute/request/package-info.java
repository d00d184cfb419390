/**
 * MAIL REQUESTS OF APPLICATIONS: JSON, or a plain message with properties, into a ticket; each request id once. Start at
 * {@link org.mailchute.request.MailRequest}.
 */
@NullMarked
package org.mailchute.request;

import org.jspecify.annotations.NullMarked;
