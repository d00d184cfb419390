package org.mailchute.message;

import jakarta.mail.internet.MimeMultipart;
import org.mailchute.spool.QueueId;

/**
 * A multipart whose boundary is the same at every attempt. It begins with {@code =_}, which no line of base64 or
 * quoted-printable can (RFC 2045 section 6.7).
 */
final class FixedMultipart extends MimeMultipart {
    FixedMultipart(String subtype, QueueId id) {
        super(subtype);
        contentType = "multipart/%s; boundary=\"=_%s_%s\"".formatted(subtype, subtype, id);
    }
}
