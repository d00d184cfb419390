/**
 * The gateway as a bundle in Apache Karaf. Knows the gateway, settings and the OSGi framework, nothing else. Start at
 * {@link org.mailchute.gateway.karaf.Activator}.
 */
@NullMarked
package org.mailchute.gateway.karaf;

import org.jspecify.annotations.NullMarked;
