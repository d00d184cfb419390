/**
 * WHERE A MESSAGE RESTS: payloads and tickets on disk, claim checks in the queues. Knows only the envelope. Start at
 * {@link org.mailchute.spool.Spool}.
 */
@NullMarked
package org.mailchute.spool;

import org.jspecify.annotations.NullMarked;
