package org.mailchute.steps;

import org.mailchute.envelope.Envelope;
import org.mailchute.spool.Claimed;

/**
 * A message that came by SMTP, whole on disk, whose sender waits for the reply.
 *
 * @param device as events show it
 * @param dotsDoubled those that begin a line behind a lone LF, see {@link org.mailchute.listener.Handover.Draft#hand}
 */
public record Submitted(Claimed message, Envelope envelope, String device, boolean dotsDoubled) {}
