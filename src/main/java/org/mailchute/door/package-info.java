/**
 * THE DOOR: what the servers that devices reach have in common: how long one may take ({@link org.mailchute.door.Watchdog}), whose
 * connections count together ({@link org.mailchute.door.Origin}) and how many there may be ({@link org.mailchute.door.Crowd}), who
 * guesses passwords ({@link org.mailchute.door.Guessers}), how often the log tells of it ({@link org.mailchute.door.Seldom}),
 * and why a port cannot be opened ({@link org.mailchute.door.ClosedPort}).
 * Knows no other room, and no protocol. Start at {@link org.mailchute.door.Watchdog}.
 */
@NullMarked
package org.mailchute.door;

import org.jspecify.annotations.NullMarked;
