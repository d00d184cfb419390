/**
 * WHERE IS MY SCAN: what happened to each message, in a database that can be searched. Behind the gateway: a database that is slow
 * or gone holds up no mail. Start at {@link org.mailchute.tracestore.TraceStore}.
 */
@NullMarked
package org.mailchute.tracestore;

import org.jspecify.annotations.NullMarked;
