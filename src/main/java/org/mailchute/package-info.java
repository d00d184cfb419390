/**
 * Mailchute carries scans and business mail into Microsoft 365. Start at {@code routes/}, the message's path, and {@code
 * src/docs/flow.md}; then here. Each package is a room with one job, and imports go down only; which room knows which is said in one
 * line a room, and held, in the test {@code architecture/Rooms}.
 *
 * <p>What a person meets:
 *
 * <ul>
 *   <li>{@link org.mailchute.command} what a person types, and what is printed
 *   <li>{@link org.mailchute.init} the first settings, and what the tenant needs for them
 *   <li>{@link org.mailchute.rehearsal} the gateway against the simulator: the demo, and a dry run of your own settings
 *   <li>{@link org.mailchute.console} what a person sees with a browser, and who may
 *   <li>{@link org.mailchute.management} HTTP for people and probes
 *   <li>{@link org.mailchute.doctor} checks of each lane, with a remedy
 * </ul>
 *
 * <p>What runs:
 *
 * <ul>
 *   <li>{@link org.mailchute.gateway} a running gateway, put together and started in its order; as a bundle in {@link org.mailchute.karaf}
 *   <li>{@link org.mailchute.intakes} the kinds of intake, each of which binds its beans and adds its route
 *   <li>{@link org.mailchute.settings} what an administrator says, read into what each room wants to be told
 *   <li>{@link org.mailchute.steps} the beans that the route files call
 *   <li>{@link org.mailchute.broker} Artemis inside the process or elsewhere, or any JMS 3
 *   <li>{@link org.mailchute.border} the embedded broker's port: which applications come in, and how much each may ask for
 *   <li>{@link org.mailchute.deferred} what waits for a later time, or for its lane to open
 *   <li>{@link org.mailchute.trace} what happened: delivery events, mail log, meters
 *   <li>{@link org.mailchute.notice} who learns of what fails, and how often
 *   <li>{@link org.mailchute.cluster} of several gateways with one home, which one works
 *   <li>{@link org.mailchute.database} a PostgreSQL of the house
 *   <li>{@link org.mailchute.tracestore} what happened to each message, in a database that can be searched
 * </ul>
 *
 * <p>How mail comes in:
 *
 * <ul>
 *   <li>{@link org.mailchute.watch} watched folders: what belongs together, rests, was taken, stays
 *   <li>{@link org.mailchute.polled} servers that we poll: what they say, and what of theirs was taken
 *   <li>{@link org.mailchute.request} mail requests of applications
 *   <li>{@link org.mailchute.drop} the FTP server that devices save scans to
 *   <li>{@link org.mailchute.listener} the SMTP server for devices that can only send by SMTP
 *   <li>{@link org.mailchute.smtpserver} the octets of an SMTP server: lines, and the message after DATA
 *   <li>{@link org.mailchute.door} what both servers, HTTP and the border have in common: crowds, guessers, ends
 *   <li>{@link org.mailchute.intake} input to ticket: what it asks for, whether that is allowed, where what is refused rests
 *   <li>{@link org.mailchute.sidecar} what a ticket beside a scan says
 *   <li>{@link org.mailchute.formats} whether a PDF, TIFF, JPEG or ZIP is whole, and its pages
 * </ul>
 *
 * <p>How mail goes out:
 *
 * <ul>
 *   <li>{@link org.mailchute.nexthop} which way: recipient domain to lane
 *   <li>{@link org.mailchute.lane} one next hop with queue and limits: which carries a delivery, whether it is open
 *   <li>{@link org.mailchute.deadletter} what becomes of a dead letter when a person decides
 *   <li>{@link org.mailchute.service} Microsoft's services for client submission, and where they differ
 *   <li>{@link org.mailchute.limits} how much: budgets, retry schedule, lane states on disk
 *   <li>{@link org.mailchute.message} the MIME message, composed while it is sent
 *   <li>{@link org.mailchute.graph} Microsoft Graph: the same message by HTTPS
 *   <li>{@link org.mailchute.smtp} the wire: kept sessions and the SMTP transaction
 *   <li>{@link org.mailchute.credentials} proof: tokens, passwords, certificates
 *   <li>{@link org.mailchute.reply} what the server said, and what that means for us
 * </ul>
 *
 * <p>What all speak of:
 *
 * <ul>
 *   <li>{@link org.mailchute.envelope} who: the envelope of SMTP
 *   <li>{@link org.mailchute.spool} where a message rests: tickets, payloads, claim checks
 * </ul>
 *
 * <p>Apart:
 *
 * <ul>
 *   <li>{@link org.mailchute.simulator} Exchange Online, simulated, for tests and demo
 * </ul>
 */
@NullMarked
package org.mailchute;

import org.jspecify.annotations.NullMarked;
