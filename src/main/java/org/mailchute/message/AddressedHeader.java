package org.mailchute.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailchute.envelope.ForwardPath;

/** Passes a message on with other fields To, Cc and Bcc. Its header is held until its empty line came, the rest is not. */
final class AddressedHeader extends OutputStream {
    /** Recipients in Bcc and encoding may have made it larger than it came. */
    private static final int MOST = 4 * ReadyMessage.MOST_HEADER;

    private static final String END = "\r\n\r\n";

    private final OutputStream out;
    private final Map<String, ForwardPath> left = new LinkedHashMap<>();
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private int matched;

    AddressedHeader(OutputStream out, List<ForwardPath> recipients) {
        this.out = out;
        recipients.forEach(path -> left.put(key(path.toString()), path));
    }

    /** Exchange does not tell apart what RFC 5321 would. */
    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    @Override
    public void write(int octet) throws IOException {
        if (matched == END.length()) {
            out.write(octet);
        } else {
            hold(octet);
        }
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        int at = from;
        while (at < from + length && matched < END.length()) {
            hold(octets[at++]);
        }
        out.write(octets, at, from + length - at);
    }

    private void hold(int octet) throws IOException {
        header.write(octet);
        matched = octet == END.charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
        if (matched == END.length()) {
            pass();
        } else if (header.size() > MOST) {
            throw new IOException("the header of the message has no end");
        }
    }

    /** Nothing was held back. */
    void end() throws IOException {
        if (matched < END.length()) {
            throw new IOException("the header of the message has no end");
        }
    }

    private void pass() throws IOException {
        try {
            PushbackInputStream in = new PushbackInputStream(new ByteArrayInputStream(header.toByteArray()), MOST);
            String fields = addressed(new HeaderReader(in, MOST, false, StandardCharsets.US_ASCII).read()).stream()
                    .map(field -> field + "\r\n")
                    .collect(Collectors.joining());
            out.write((fields + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        } catch (UnfitMessage e) {
            throw new IOException("the header of the message: " + e.reason(), e);
        }
    }

    private List<HeaderField> addressed(List<HeaderField> fields) {
        List<HeaderField> addressed = new ArrayList<>();
        for (HeaderField field : fields) {
            if (!field.is("To") && !field.is("Cc") && !field.is("Bcc")) {
                addressed.add(field);
            } else if (!field.is("Bcc")) {
                add(addressed, field.name(), shown(field));
            }
        }
        add(addressed, "Bcc", left.values().stream().map(ForwardPath::toString).toList());
        return addressed;
    }

    private static void add(List<HeaderField> fields, String name, List<String> addresses) {
        if (!addresses.isEmpty()) {
            fields.add(new HeaderField(name, " " + String.join(",\r\n ", addresses)));
        }
    }

    /** Of a field that cannot be read nobody is shown: who is in the envelope is in Bcc then. */
    private List<String> shown(HeaderField field) {
        try {
            return AddressField.read(field).mailboxes().stream()
                    .filter(mailbox -> left.remove(key(mailbox.address())) != null)
                    .map(AddressField.Mailbox::toString)
                    .toList();
        } catch (UnfitMessage e) {
            return List.of();
        }
    }
}
