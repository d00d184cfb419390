/**
 * SERVERS THAT WE POLL: what they say to our commands and what to do about it, FTPS that they accept, and which of their files
 * were taken and are there still. Knows the spool's ledger and how words are shown, not Camel. Start at {@link
 * org.mailchute.polled.Answer}.
 */
@NullMarked
package org.mailchute.polled;

import org.jspecify.annotations.NullMarked;
