package org.mailchute.envelope;

/** A recipient in the envelope, {@code RCPT TO} (RFC 5321 section 4.1.1.3). What To and Cc show is another matter. */
public record ForwardPath(MailAddress address) {
    /** @throws IllegalArgumentException when it is not one mail address */
    public static ForwardPath parse(String text) {
        return new ForwardPath(MailAddress.parse(text));
    }

    /** The domain that decides the next hop, in lower case. */
    public String domain() {
        return address.domain();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
