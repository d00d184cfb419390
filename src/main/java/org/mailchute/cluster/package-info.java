/**
 * SEVERAL GATEWAYS, ONE OF WHICH WORKS: who that is, by a lease in PostgreSQL, and what its mailboxes sent, which a gateway that has
 * lost its lease cannot change any more. Start at {@link org.mailchute.cluster.Leadership}; why it is so, in
 * {@code src/docs/decisions/0022}.
 */
@NullMarked
package org.mailchute.cluster;

import org.jspecify.annotations.NullMarked;
