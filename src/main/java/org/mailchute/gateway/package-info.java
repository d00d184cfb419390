/**
 * A RUNNING GATEWAY: puts the other rooms together, binds the beans that the route files name, starts and ends all in its order. Start at
 * {@link org.mailchute.gateway.Gateway}.
 */
@NullMarked
package org.mailchute.gateway;

import org.jspecify.annotations.NullMarked;
