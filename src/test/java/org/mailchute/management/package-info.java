/** Callers that do not do as they should, over real sockets. */
@NullMarked
package org.mailchute.management;

import org.jspecify.annotations.NullMarked;
