/**
 * HTTP for people and probes, and what they are shown; sees the gateway through {@link org.mailchute.management.Managed}. Start at
 * {@link org.mailchute.management.ManagementServer}.
 *
 * <p>On Netty, which the broker brings, and not on Java's own server: that gives each request that has begun a thread, closes the
 * newest connection where there are too many, and its times are those of the whole process, in Karaf also of others' servers. Here
 * a request that does not end costs no thread and gives way to newer ones, so that whoever asks at once is answered.
 */
@NullMarked
package org.mailchute.management;

import org.jspecify.annotations.NullMarked;
