package org.mailchute.intake;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.MailAddress;
import org.mailchute.spool.Priority;

/**
 * What an intake of ready-made messages allows.
 *
 * @param intake the intake's name in the settings
 * @param from the sender of messages that name none; empty to refuse them
 * @param senders who may send by this intake: every author and the envelope sender must be among them; empty for whoever
 *     accept allows
 * @param maxRecipients of one message
 * @param maxBytes of one message
 * @param lenient see {@link org.mailchute.message.ReadyMessage#open}: for SMTP devices, not for files
 * @param charset of octets in header fields that are neither ASCII nor UTF-8
 * @param priority what leaves first when messages wait
 */
public record ReadyRule(
        String intake,
        Optional<MailAddress> from,
        List<AddressPattern> senders,
        int maxRecipients,
        long maxBytes,
        boolean lenient,
        Charset charset,
        Priority priority) {
    public ReadyRule {
        senders = List.copyOf(senders);
    }

    /** @throws Refused when this sender is not among them */
    void allow(MailAddress sender) throws Refused {
        if (!senders.isEmpty() && senders.stream().noneMatch(pattern -> pattern.matches(sender))) {
            throw new Refused(
                    sender + " may not send by intake " + intake,
                    "add it to senders of the intake, or correct the sender");
        }
    }
}
