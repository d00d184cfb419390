package org.mailchute.watch;

import java.time.Duration;

/**
 * How long a file may rest in a watched folder without ever becoming whole, by our own observation.
 *
 * @param reportAfter then the log tells of it
 * @param undecidedAfter then it goes to the undecided place, where there is one
 * @param moves whether there is one; else it stays
 */
public record Patience(Duration reportAfter, Duration undecidedAfter, boolean moves) {}
