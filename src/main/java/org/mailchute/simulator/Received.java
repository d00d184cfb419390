package org.mailchute.simulator;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A message the simulator took.
 *
 * @param option how it came: {@code submission}, {@code hve}, {@code acs}, {@code direct-send}, {@code relay} or {@code graph}
 * @param mailFrom envelope sender
 * @param recipients envelope recipients
 * @param file the message as it came, dots unstuffed
 * @param tls protocol, or empty
 * @param user who logged in, or empty
 * @param certificate subject of the client certificate, or empty
 * @param session number of the connection
 * @param at when the final dot had come
 * @param leaves when it goes on: later than {@code at} when the mailbox sent more than it may in a minute
 */
public record Received(
        String option,
        String mailFrom,
        List<String> recipients,
        Path file,
        String tls,
        String user,
        String certificate,
        int session,
        Instant at,
        Instant leaves) {}
