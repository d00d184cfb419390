/**
 * THE ROUTE FILES: those we ship, each replaceable by an administrator's own, and the check of the latter before anything starts. Knows
 * settings' faults and Camel. Start at {@link org.mailchute.gateway.routes.RouteFiles}.
 */
@NullMarked
package org.mailchute.gateway.routes;

import org.jspecify.annotations.NullMarked;
