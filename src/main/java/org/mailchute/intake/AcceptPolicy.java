package org.mailchute.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.message.HeaderPolicy;
import org.mailchute.spool.Ticket;

/**
 * Who may send to whom, how much, with which header fields. Nothing is allowed that is not listed.
 *
 * @param maxBytes of all payloads together, before encoding
 * @param headers extra header fields an application may set
 */
public record AcceptPolicy(
        List<AddressPattern> senders,
        List<AddressPattern> recipients,
        int maxRecipients,
        long maxBytes,
        HeaderPolicy headers) {
    public AcceptPolicy {
        senders = List.copyOf(senders);
        recipients = List.copyOf(recipients);
    }

    /** @throws Refused with the first thing that is not allowed */
    public void check(Ticket ticket) throws Refused {
        sender(ticket.header().from());
        for (MailAddress author :
                ticket.readyMade().map(Ticket.ReadyMade::authors).orElse(List.of())) {
            sender(author);
        }
        if (ticket.reversePath().address().isPresent()) {
            sender(ticket.reversePath().address().get());
        }
        for (ForwardPath recipient : ticket.recipients()) {
            recipient(recipient.address());
        }
        if (ticket.recipients().size() > maxRecipients) {
            throw new Refused(
                    "%d recipients, %d are allowed"
                            .formatted(ticket.recipients().size(), maxRecipients),
                    "send it in parts, or raise maxRecipients under accept");
        }
        size(ticket);
        for (Map.Entry<String, String> field : ticket.header().extra().entrySet()) {
            header(field.getKey(), field.getValue());
        }
    }

    /** @throws Refused when he may not send */
    public void sender(MailAddress sender) throws Refused {
        if (senders.stream().noneMatch(pattern -> pattern.matches(sender))) {
            throw new Refused(sender + " may not send", "add it to senders under accept, or correct the sender");
        }
    }

    /** @throws Refused when nobody may send to it */
    public void recipient(MailAddress recipient) throws Refused {
        if (recipients.stream().noneMatch(pattern -> pattern.matches(recipient))) {
            throw new Refused(
                    "nobody may send to " + recipient, "add it to recipients under accept, or correct the address");
        }
    }

    private void size(Ticket ticket) throws Refused {
        long bytes = ticket.octets();
        if (ticket.readyMade().isPresent()) {
            bytes = bytes / 78 * 57; // what base64, with its line ends, has made larger
        }
        if (bytes > maxBytes) {
            throw new Refused(
                    "%,d octets, %,d are allowed".formatted(bytes, maxBytes),
                    "scan with a lower resolution or in parts, or raise maxSize under accept");
        }
    }

    private void header(String name, String value) throws Refused {
        Optional<String> fault = headers.fault(name, value);
        if (fault.isPresent()) {
            throw new Refused(
                    "header field \"" + name + "\" " + fault.get(), "leave it out, or add it to headers under accept");
        }
    }
}
