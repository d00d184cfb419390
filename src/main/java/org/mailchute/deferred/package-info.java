/**
 * What waits: deliveries for a later time, and those whose lane is closed. They rest in durable queues of the broker that
 * page to disk, not as scheduled messages, which a broker keeps in memory; one thread moves them on, a broker transaction a
 * batch. Knows the broker by JMS only, and nothing of routes, lanes or tickets. Start at {@link
 * org.mailchute.deferred.Deferrals}.
 */
@NullMarked
package org.mailchute.deferred;

import org.jspecify.annotations.NullMarked;
