package org.mailchute.intake;

import java.util.Locale;
import org.mailchute.envelope.MailAddress;

/** An entry of an allow list: an address, {@code *@domain}, {@code *@*.domain} (sub-domains only) or {@code *}. */
public record AddressPattern(String pattern) {
    /** @throws IllegalArgumentException when it is none of the four */
    public static AddressPattern parse(String text) {
        String pattern = text.strip().toLowerCase(Locale.ROOT);
        if (!pattern.equals("*")) {
            MailAddress some = MailAddress.parse(pattern.replaceFirst("^\\*@(\\*\\.)?", "any@"));
            if (some.localPart().contains("*")) {
                throw new IllegalArgumentException(
                        "a * stands for a whole name, not for a part of one: \"" + Shown.line(pattern) + "\"");
            }
        }
        return new AddressPattern(pattern);
    }

    boolean matches(MailAddress address) {
        if (pattern.equals("*")) {
            return true;
        }
        if (pattern.startsWith("*@*.")) {
            return address.domain().endsWith(pattern.substring(3));
        }
        return pattern.startsWith("*@")
                ? address.domain().equals(pattern.substring(2))
                : address.toString().toLowerCase(Locale.ROOT).equals(pattern);
    }
}
