/**
 * SERVERS THAT WE POLL: what they say to our commands and what to do about it, FTPS that they accept, how their files are listed and
 * fetched, and which were taken and are there still. Speaks to Camel's FTP component. Start at {@link org.mailchute.polled.PolledServer}.
 */
@NullMarked
package org.mailchute.polled;

import org.jspecify.annotations.NullMarked;
