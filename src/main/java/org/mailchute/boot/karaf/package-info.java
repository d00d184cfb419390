/**
 * The gateway as a bundle in Apache Karaf. Knows {@code boot} and the OSGi framework, nothing else. Start at
 * {@link org.mailchute.boot.karaf.Activator}.
 */
@NullMarked
package org.mailchute.boot.karaf;

import org.jspecify.annotations.NullMarked;
