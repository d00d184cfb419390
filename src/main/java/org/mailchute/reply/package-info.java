/**
 * WHAT THE SERVER SAID: replies, and what they mean for us. Knows no other room. Start at
 * {@link org.mailchute.reply.Outcome}.
 */
@NullMarked
package org.mailchute.reply;

import org.jspecify.annotations.NullMarked;
