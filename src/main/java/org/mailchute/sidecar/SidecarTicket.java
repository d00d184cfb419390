package org.mailchute.sidecar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailchute.envelope.MailAddress;

/**
 * What a sidecar says of its scan; all of it may be missing.
 *
 * @param to recipients shown in To
 * @param cc further ones shown in Cc
 * @param bcc further ones shown nowhere
 * @param replyTo where answers go
 * @param subject one line, at most 500 characters
 * @param text plain text of the message, at most 20,000 characters
 * @param fields values for templates: {@code user}, {@code device}, {@code date}, {@code pages}; one line each, at most 200
 *     characters
 */
public record SidecarTicket(
        List<MailAddress> to,
        List<MailAddress> cc,
        List<MailAddress> bcc,
        Optional<MailAddress> replyTo,
        Optional<String> subject,
        Optional<String> text,
        Map<String, String> fields) {
    private static final int MOST_ADDRESSES = 1_000;
    private static final int LONGEST_SUBJECT = 500;
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_FIELD = 200;
    /** Controls, halves of characters, and what turns the direction of writing to show a reader something else. */
    private static final Pattern NOT_ON_A_LINE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    private static final Pattern NOT_IN_TEXT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069&&[^\\r\\n\\t]]");

    public SidecarTicket {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        fields = Map.copyOf(fields);
    }

    static SidecarTicket of(SidecarText said) throws UnfitSidecar {
        List<MailAddress> replyTo = addresses(said, SidecarField.REPLY_TO);
        if (replyTo.size() > 1) {
            throw new UnfitSidecar("replyTo has " + replyTo.size() + " addresses", "give one");
        }
        Map<String, String> fields = new HashMap<>();
        for (SidecarField field :
                List.of(SidecarField.USER, SidecarField.DEVICE, SidecarField.DATE, SidecarField.PAGES)) {
            line(said, field, LONGEST_FIELD).ifPresent(value -> fields.put(field.label(), value));
        }
        return new SidecarTicket(
                addresses(said, SidecarField.TO),
                addresses(said, SidecarField.CC),
                addresses(said, SidecarField.BCC),
                replyTo.stream().findFirst(),
                line(said, SidecarField.SUBJECT, LONGEST_SUBJECT),
                line(said, SidecarField.TEXT, LONGEST_TEXT),
                fields);
    }

    /** Several may stand in one value, with a comma or semicolon between. */
    private static List<MailAddress> addresses(SidecarText said, SidecarField field) throws UnfitSidecar {
        List<MailAddress> found = new ArrayList<>();
        for (SidecarText.Value value : said.of(field)) {
            for (String one : value.text().split("[,;]", -1)) {
                if (!one.isBlank()) {
                    found.add(address(one, value.place(), field));
                }
            }
        }
        if (found.size() > MOST_ADDRESSES) {
            throw new UnfitSidecar(
                    field.label() + " has " + found.size() + " addresses", "no more than " + MOST_ADDRESSES);
        }
        return found;
    }

    private static MailAddress address(String text, String place, SidecarField field) throws UnfitSidecar {
        try {
            return MailAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnfitSidecar(
                    place + ": " + field.label() + ": " + UnfitSidecar.shown(text.strip()) + " is not a mail address",
                    "write addresses as anna@contoso.com, with a comma between two");
        }
    }

    private static Optional<String> line(SidecarText said, SidecarField field, int longest) throws UnfitSidecar {
        for (SidecarText.Value value : said.of(field)) {
            String text = value.text().strip();
            if ((field.takesLines() ? NOT_IN_TEXT : NOT_ON_A_LINE).matcher(text).find()) {
                throw new UnfitSidecar(
                        value.place() + ": " + field.label() + " holds a control character"
                                + (field.takesLines() ? "" : " or a line end") + ": " + UnfitSidecar.shown(text),
                        "take it out");
            }
            if (text.length() > longest) {
                throw new UnfitSidecar(
                        value.place() + ": " + field.label() + " has " + text.length() + " characters",
                        "no more than " + longest);
            }
            return Optional.of(text);
        }
        return Optional.empty();
    }
}
