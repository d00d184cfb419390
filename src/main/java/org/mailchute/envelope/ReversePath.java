package org.mailchute.envelope;

import java.util.Optional;

/** The sender in the envelope, {@code MAIL FROM} (RFC 5321 section 4.1.1.2); empty for the null path {@code <>}. */
public record ReversePath(Optional<MailAddress> address) {
    /** The path of bounces and other messages nobody may answer (RFC 5321 section 4.5.5). */
    public static final ReversePath NULL = new ReversePath(Optional.empty());

    /**
     * Reads an address, or {@code <>} or nothing for the null path.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static ReversePath parse(String text) {
        String path = text.strip();
        return path.isEmpty() || path.equals("<>") ? NULL : new ReversePath(Optional.of(MailAddress.parse(text)));
    }

    /** The address, or the empty text for the null path. */
    @Override
    public String toString() {
        return address.map(MailAddress::toString).orElse("");
    }
}
