/**
 * MICROSOFT GRAPH: one mailbox's messages by HTTPS, for where neither SMTP AUTH nor port 25 is open. Must not know lanes, retries,
 * budgets or what an answer means. Start at {@link org.mailchute.graph.GraphSender}.
 */
@NullMarked
package org.mailchute.graph;

import org.jspecify.annotations.NullMarked;
