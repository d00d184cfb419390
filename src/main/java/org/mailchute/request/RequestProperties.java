package org.mailchute.request;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.Refused;

/**
 * What a message's properties say beside its body.
 *
 * @param request {@code mailRequest}: the request (JSON), whose body is then one attachment's octets
 * @param rfc822 {@code mailContentType}, or an AMQP message's content type, is {@code message/rfc822}
 * @param id {@code mailId}: of a ready-made message
 * @param from {@code mailFrom}: its envelope sender
 * @param to {@code mailTo}: its envelope recipients, with commas between them; empty to take the envelope of its header
 */
public record RequestProperties(Optional<String> request, boolean rfc822, String id, String from, String to) {
    private static final int LONGEST = 1_000_000;

    public static RequestProperties of(Message message) throws JMSException, Refused {
        Optional<String> request = text(message, "mailRequest");
        String type = text(message, "mailContentType")
                .or(() -> amqpType(message))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        return new RequestProperties(
                request,
                type.equals("message/rfc822"),
                text(message, "mailId").orElse(""),
                text(message, "mailFrom").orElse(""),
                text(message, "mailTo").orElse(""));
    }

    private static Optional<String> amqpType(Message message) {
        try {
            return Optional.ofNullable(message.getStringProperty("JMS_AMQP_ContentType"));
        } catch (JMSException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Message message, String name) throws JMSException, Refused {
        @Nullable Object value = message.getObjectProperty(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.length() > LONGEST) {
            throw new Refused("property " + name + " is no text, or too long", "set it as a String property");
        }
        return Optional.of(text);
    }

    /** What is kept with the body, and is a part of what was published. */
    public String head() {
        if (request.isPresent()) {
            return request.get();
        }
        return rfc822 && !to.isEmpty() ? "mailId=" + id + " mailFrom=" + from + " mailTo=" + to : "";
    }

    /** Of a ready-made message; empty to take its header's. */
    public Optional<Envelope> envelope() throws Refused {
        if (to.isEmpty() && from.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<ForwardPath> recipients = new ArrayList<>();
            for (String one : to.split(",", -1)) {
                recipients.add(ForwardPath.parse(one.strip()));
            }
            return Optional.of(new Envelope(ReversePath.parse(from.strip()), recipients));
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    "mailFrom or mailTo: " + e.getMessage(),
                    "give mailFrom one plain address and mailTo plain addresses with commas between them, or neither");
        }
    }
}
