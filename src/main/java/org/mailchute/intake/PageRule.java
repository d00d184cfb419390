package org.mailchute.intake;

import java.time.Duration;

/**
 * Which files of a folder are pages of one scan.
 *
 * @param pattern what their names tell
 * @param quiet for so long no page may come or change, by our own observation, until the scan counts as whole
 */
public record PageRule(PagePattern pattern, Duration quiet) {}
