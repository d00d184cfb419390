package org.mailchute.envelope;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One mailbox address, {@code local-part@domain}, as RFC 5321 section 4.1.2 allows it on the wire.
 *
 * <p>Taken: a dot-atom local part (64 octets at the most, RFC 5321 4.5.3.1.1) and a host name domain (255 octets at the
 * most). Refused, because Exchange Online refuses them or because they can smuggle a second command: quoted local parts,
 * domain literals, control characters, spaces, angle brackets, non-ASCII; and routes ({@code user%host@domain}, {@code
 * host!user@domain}), which ask a server to pass mail on (RFC 5321 appendix F.1).
 *
 * @param localPart kept as written: only the receiving host may fold its case (RFC 5321 2.4)
 * @param domain in lower case, without a trailing dot
 */
public record MailAddress(String localPart, String domain) {
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern ROUTE = Pattern.compile("[%!]");
    /** None of these stands at a line's end. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t\\r\\n]]");

    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    /** @throws IllegalArgumentException naming the part that is wrong */
    public MailAddress {
        domain = domain.toLowerCase(Locale.ROOT);
        if (localPart.length() > 64 || !LOCAL.matcher(localPart).matches()) {
            throw new IllegalArgumentException("not a mail address: the part before the @ is not a plain name");
        }
        if (ROUTE.matcher(localPart).find()) {
            throw new IllegalArgumentException(
                    "not a mail address: a % or ! before the @ is a route, which is refused");
        }
        if (domain.length() > 255 || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("not a mail address: the part after the @ is not a domain name");
        }
    }

    /**
     * Reads {@code local-part@domain}; surrounding spaces and line ends are dropped.
     *
     * @throws IllegalArgumentException with a sentence fit for a help desk; the input itself is shown with controls masked
     */
    public static MailAddress parse(String text) {
        String address = text.strip();
        int at = address.lastIndexOf('@');
        if (CONTROL.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "not a mail address: \"" + masked(text) + "\" holds a control character");
        }
        if (at < 1) {
            throw new IllegalArgumentException(
                    "not a mail address: \"" + masked(address) + "\" has no name before an @");
        }
        try {
            return new MailAddress(address.substring(0, at), address.substring(at + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ": \"" + masked(address) + "\"", e);
        }
    }

    private static String masked(String text) {
        String shown = text.replaceAll("\\p{C}", "?");
        return shown.length() > 80 ? shown.substring(0, 80) + "..." : shown;
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
