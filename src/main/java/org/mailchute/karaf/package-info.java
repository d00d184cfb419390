/**
 * The gateway as a bundle in Apache Karaf, and its commands in Karaf's shell. Knows the gateway, settings, the command line, and
 * Karaf itself. Start at {@link org.mailchute.karaf.Activator}.
 */
@NullMarked
package org.mailchute.karaf;

import org.jspecify.annotations.NullMarked;
