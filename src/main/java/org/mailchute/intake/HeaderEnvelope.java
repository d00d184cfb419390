package org.mailchute.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.message.ReadyHeader;
import org.mailchute.message.UnfitMessage;

/**
 * The envelope of a message in a pickup folder: X-Sender and X-Receiver as Exchange's replay folder, IIS and .NET write
 * them, else Sender or From, and To, Cc and Bcc (Exchange's pickup folder).
 */
record HeaderEnvelope(ReadyHeader header) {
    /** Parameters of MAIL and RCPT (BODY=, RET=, NOTIFY= ...) may follow; the lane says its own. */
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9-]+(=\\S*)?");

    /** @param otherwise the sender, when the message names none */
    Envelope envelope(Optional<MailAddress> otherwise) throws UnfitMessage, Refused {
        return new Envelope(sender(otherwise), recipients());
    }

    private ReversePath sender(Optional<MailAddress> otherwise) throws UnfitMessage, Refused {
        List<String> stated = header.texts("X-Sender");
        if (stated.size() > 1) {
            throw new Refused("X-Sender comes twice", "write it once");
        }
        if (!stated.isEmpty()) {
            return path("X-Sender", stated.get(0), ReversePath::parse);
        }
        List<MailAddress> from = header.addresses("From");
        List<MailAddress> one = from.size() > 1 ? header.addresses("Sender") : from; // as Exchange has it
        Optional<MailAddress> sender =
                Stream.of(one, from).flatMap(List::stream).findFirst().or(() -> otherwise);
        if (sender.isEmpty()) {
            throw new Refused("the message names no sender", "write X-Sender, Sender or From");
        }
        return new ReversePath(sender);
    }

    private List<ForwardPath> recipients() throws UnfitMessage, Refused {
        List<ForwardPath> recipients = new ArrayList<>();
        for (String text : header.texts("X-Receiver")) {
            recipients.add(path("X-Receiver", text, ForwardPath::parse));
        }
        if (recipients.isEmpty()) {
            header.addresses("To", "Cc", "Bcc").forEach(address -> recipients.add(new ForwardPath(address)));
        }
        if (recipients.isEmpty()) {
            throw new Refused("the message names no recipient", "write X-Receiver, To, Cc or Bcc");
        }
        return List.copyOf(new LinkedHashSet<>(recipients));
    }

    private static <T> T path(String field, String text, Function<String, T> parse) throws Refused {
        String[] words = text.split("\\s+");
        try {
            if (Arrays.stream(words)
                    .skip(1)
                    .allMatch(word -> PARAMETER.matcher(word).matches())) {
                return parse.apply(words[0].replaceAll("^<(.*)>$", "$1"));
            }
        } catch (IllegalArgumentException e) {
            throw new Refused("header field " + field + ": " + e.getMessage(), "write one address");
        }
        throw new Refused(
                "header field " + field + " holds more than an address: \"" + shown(text) + "\"", "write one");
    }

    private static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
