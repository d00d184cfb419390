/**
 * THE WIRE: kept sessions and the SMTP transaction. Must not know lanes, retries, budgets or what a reply means. Start at
 * {@link org.mailchute.smtp.SessionPool}.
 */
@NullMarked
package org.mailchute.smtp;

import org.jspecify.annotations.NullMarked;
