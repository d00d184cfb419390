package org.mailchute.message;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Header fields as they go out: without those that are the envelope's, a server's or an orders' to one, each one once that
 * may come once, in ASCII, in lines of no more than 998 octets.
 */
final class CleanHeader {
    /**
     * Bcc would betray it; Resent, Received and Return-Path are written by servers; X-Sender to X-SourceIPAddress are the
     * replay directory's orders to Exchange (X-CreatedBy would switch its header firewall off); X-Server to X-Auth are the
     * orders of emailQ.NET, with its password; the rest are what Exchange's header firewall removes.
     */
    private static final Pattern REMOVED = Pattern.compile(
            "bcc|return-path|received|resent-.*|delivered-to|apparently-to|content-length|status|x-unsent"
                    + "|x-(sender|receiver|createdby|endofinjectedxheaders|extendedmessageprops|helodomain|source|sourceipaddress)"
                    + "|x-(serveraddress|serverport|sendto|auth|smtp|password).*"
                    + "|x-ms-exchange-.*|x-microsoft-antispam.*|x-forefront-.*|authentication-results");

    private static final Set<String> ADDRESSES =
            Set.of("from", "sender", "reply-to", "to", "cc", "disposition-notification-to");
    private static final Set<String> IDS = Set.of("in-reply-to", "references");
    private static final Pattern MESSAGE_IDS = Pattern.compile("(?:<[!-;=?-~]+> ?)+");

    /** Second ones are left out, but those of To and Cc are added to the first. */
    private static final Set<String> ONCE = Set.of(
            "from",
            "sender",
            "reply-to",
            "content-type",
            "content-transfer-encoding",
            "mime-version",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references");

    private final Map<String, HeaderField> once = new LinkedHashMap<>();
    private final List<Object> order = new ArrayList<>();

    CleanHeader(List<HeaderField> fields) {
        fields.stream().filter(field -> !REMOVED.matcher(field.key()).matches()).forEach(this::add);
    }

    /**
     * The fields, and the addresses and ids in them as every reader understands them.
     *
     * @throws UnfitMessage when it cannot be told which are meant
     */
    static List<HeaderField> readable(List<HeaderField> fields) throws UnfitMessage {
        List<HeaderField> readable = new ArrayList<>();
        boolean signed = fields.stream().anyMatch(field -> field.is("DKIM-Signature"));
        for (HeaderField field : fields) {
            boolean ids = IDS.contains(field.key()) && field.raw().contains("=?") && !signed;
            readable.add(ids ? withIds(field) : ADDRESSES.contains(field.key()) ? readable(field) : field);
        }
        return List.copyOf(readable);
    }

    private static HeaderField readable(HeaderField field) throws UnfitMessage {
        AddressField addresses = AddressField.read(field);
        boolean fit = addresses.proper() && FittingField.fits(field);
        return fit ? field : new HeaderField(field.name(), " " + addresses);
    }

    /** Python writes long ids as encoded words, in which no reader looks for one (findings/reply-to-exchange-by-python.sh). */
    private static HeaderField withIds(HeaderField field) {
        try {
            String ids = MimeUtility.decodeText(field.text());
            return MESSAGE_IDS.matcher(ids).matches()
                    ? new HeaderField(
                            field.name(), " " + MimeUtility.fold(field.name().length() + 2, ids))
                    : field;
        } catch (UnsupportedEncodingException e) {
            return field;
        }
    }

    private void add(HeaderField field) {
        boolean list = field.is("to") || field.is("cc");
        if (!list && !ONCE.contains(field.key())) {
            order.add(field);
        } else if (once.containsKey(field.key())) {
            once.computeIfPresent(field.key(), (key, first) -> list ? joined(first, field) : first);
        } else {
            once.put(field.key(), field);
            order.add(field.key());
        }
    }

    private static HeaderField joined(HeaderField first, HeaderField more) {
        return more.raw().isBlank()
                ? first
                : new HeaderField(
                        first.name(),
                        first.raw() + (first.raw().isBlank() ? "" : ",\r\n") + " "
                                + more.raw().stripLeading(),
                        first.otherwise());
    }

    boolean has(String name) {
        return once.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** In the place of the one there is, else at the end. */
    void set(String name, String value) {
        HeaderField field = new HeaderField(name, " " + value);
        if (once.put(field.key(), field) == null) {
            order.add(field.key());
        }
    }

    /** As it came; empty when there is none. */
    String value(String name) {
        HeaderField field = once.get(name.toLowerCase(Locale.ROOT));
        return field == null ? "" : field.raw().strip();
    }

    void remove(String name) {
        once.remove(name.toLowerCase(Locale.ROOT));
    }

    /** Whole lines, without the empty one at the end. */
    List<String> lines() throws UnfitMessage {
        List<String> lines = new ArrayList<>();
        for (Object place : order) {
            HeaderField field = place instanceof HeaderField many ? many : once.get((String) place);
            if (field != null) {
                lines.add(FittingField.of(field).toString());
            }
        }
        return lines;
    }
}
