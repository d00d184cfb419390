/** Raw sockets and real TLS at the SMTP listener. */
@NullMarked
package org.mailchute.listener;

import org.jspecify.annotations.NullMarked;
