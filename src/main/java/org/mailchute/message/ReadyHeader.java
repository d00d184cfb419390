package org.mailchute.message;

import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailchute.envelope.MailAddress;

/** What the header of a ready-made message says, before anything in it is changed. */
public final class ReadyHeader {
    /** Two that differ would let the author, or the content, be one for the check and another for the reader. */
    private static final Set<String> ONCE =
            Set.of("from", "sender", "reply-to", "content-type", "content-transfer-encoding");

    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]+@[!-;=?-~]+>");
    /** RFC 5321 section 6.3. Fields Received are removed, so this is where a loop is seen. */
    private static final int MOST_HOPS = 50;

    private static final int LONGEST_TEXT = 1_000;

    private final List<HeaderField> fields;
    private final List<HeaderField> readable;

    /** @throws UnfitMessage when it says one thing twice, or has addresses that cannot be told apart from names */
    ReadyHeader(List<HeaderField> fields) throws UnfitMessage {
        this.fields = List.copyOf(fields);
        this.readable = CleanHeader.readable(fields);
        for (String name : ONCE) {
            if (texts(name).stream().distinct().count() > 1) {
                throw new UnfitMessage("header field " + name + " comes twice, with different values", "write it once");
            }
        }
        if (texts("Received").size() > MOST_HOPS) {
            throw new UnfitMessage(
                    "the message has passed more than " + MOST_HOPS + " servers",
                    "find the loop that brings it back here");
        }
    }

    /** With addresses as every reader understands them. */
    List<HeaderField> fields() {
        return readable;
    }

    /** Values of all fields of this name, each on one line. */
    public List<String> texts(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(HeaderField::text)
                .toList();
    }

    /**
     * Every address in the fields of these names, once; groups are taken apart.
     *
     * @throws UnfitMessage when one is none that can be mailed to
     */
    public List<MailAddress> addresses(String... names) throws UnfitMessage {
        Set<MailAddress> found = new LinkedHashSet<>();
        for (String name : names) {
            for (String text : texts(name)) {
                found.addAll(addresses(name, text));
            }
        }
        return List.copyOf(found);
    }

    /** As {@link #addresses}, for what is only shown: a field that cannot be read gives none. */
    public List<MailAddress> shown(String name) {
        try {
            return addresses(name);
        } catch (UnfitMessage e) {
            return List.of();
        }
    }

    private static List<MailAddress> addresses(String name, String text) throws UnfitMessage {
        AddressField field = AddressField.read(name, text);
        String remedy = "correct \"" + HeaderReader.shown(text) + "\"";
        if (!field.nameOnly().isEmpty()) {
            throw new UnfitMessage("header field " + name + " has a name and no address", remedy);
        }
        try {
            return field.mailboxes().stream()
                    .map(mailbox -> MailAddress.parse(mailbox.address()))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new UnfitMessage(
                    "header field %s: %s".formatted(name, HeaderReader.shown(String.valueOf(e.getMessage()))), remedy);
        }
    }

    /** The first usable one; empty when the message needs one. */
    Optional<String> messageId() {
        return texts("Message-ID").stream()
                .filter(id -> MESSAGE_ID.matcher(id).matches())
                .findFirst();
    }

    /** Empty when there is none, or none that can be read. */
    Optional<Instant> date() {
        return texts("Date").stream().limit(1).flatMap(ReadyHeader::date).findFirst();
    }

    private static Stream<Instant> date(String text) {
        try {
            return Stream.of(new MailDateFormat().parse(text).toInstant());
        } catch (ParseException e) {
            return Stream.empty();
        }
    }

    /** Decoded, for people to find the message by; controls are question marks. */
    String subject() {
        String text =
                texts("Subject").stream().findFirst().map(ReadyHeader::decoded).orElse("");
        return plain(text);
    }

    /** The first author's display name, decoded; empty when there is none. */
    String fromName() {
        try {
            String from = texts("From").stream().findFirst().orElse("");
            return plain(AddressField.read("From", from).firstName().orElse(""));
        } catch (UnfitMessage e) {
            return "";
        }
    }

    private static String plain(String text) {
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
        return plain.length() > LONGEST_TEXT ? plain.substring(0, LONGEST_TEXT) : plain;
    }

    static String decoded(String text) {
        try {
            return MimeUtility.decodeText(text);
        } catch (UnsupportedEncodingException e) {
            return text; // a charset nobody knows; shown as it stands
        }
    }
}
