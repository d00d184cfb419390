/**
 * THE DOOR: what the servers that devices reach have in common: how long one may take ({@link org.mailchute.door.Watchdog}), whose
 * connections count together ({@link org.mailchute.door.Origin}), and who guesses passwords ({@link org.mailchute.door.Guessers}).
 * Knows no other room, and no protocol. Start at {@link org.mailchute.door.Watchdog}.
 */
@NullMarked
package org.mailchute.door;

import org.jspecify.annotations.NullMarked;
