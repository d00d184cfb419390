/**
 * Mailchute carries scans and business mail into Microsoft 365. Start at {@code routes/}, the message's path, and {@code
 * src/docs/flow.md}; then here. Each package is a room with one job:
 *
 * <ul>
 *   <li>{@link org.mailchute.envelope} who: the envelope of SMTP
 *   <li>{@link org.mailchute.reply} what the server said, and what that means for us
 *   <li>{@link org.mailchute.spool} where a message rests: tickets, payloads, claim checks
 *   <li>{@link org.mailchute.message} the MIME message, composed while it is sent
 *   <li>{@link org.mailchute.intake} input to ticket: when it is whole, what it asks for, whether that is allowed
 *   <li>{@link org.mailchute.polled} servers that we poll: what they say, and what of theirs was taken
 *   <li>{@link org.mailchute.sidecar} what a ticket beside a scan says
 *   <li>{@link org.mailchute.nexthop} which way: recipient domain to lane
 *   <li>{@link org.mailchute.limits} how much: budgets, retry schedule, whether a lane is open
 *   <li>{@link org.mailchute.credentials} proof: tokens, passwords, certificates
 *   <li>{@link org.mailchute.smtp} the wire: kept sessions and the SMTP transaction
 *   <li>{@link org.mailchute.drop} the FTP server that devices save scans to
 *   <li>{@link org.mailchute.listener} the SMTP server for devices that can only send by SMTP
 *   <li>{@link org.mailchute.management} HTTP for people and probes
 *   <li>{@link org.mailchute.trace} what happened: delivery events, mail log, meters
 *   <li>{@link org.mailchute.deferred} what waits for a later time, or for its lane to open
 *   <li>{@link org.mailchute.steps} the beans that the route files call
 *   <li>{@link org.mailchute.doctor} checks of each lane, with a remedy
 *   <li>{@link org.mailchute.simulator} Exchange Online, simulated; apart from all the others
 *   <li>{@link org.mailchute.boot} gateway, settings, wiring, commands
 * </ul>
 *
 * <p>Imports go one way: {@code boot -> steps -> polled, smtp, limits, trace, deferred -> intake -> message, nexthop -> envelope,
 * reply, spool, credentials}.
 */
@NullMarked
package org.mailchute;

import org.jspecify.annotations.NullMarked;
