package org.mailchute.envelope;

import java.util.Locale;

/** An entry of an allow list: an address, {@code *@domain}, {@code *@*.domain} (sub-domains only) or {@code *}. */
public record AddressPattern(String pattern) {
    /** @throws IllegalArgumentException when it is none of the four */
    public static AddressPattern parse(String text) {
        String pattern = text.strip().toLowerCase(Locale.ROOT);
        if (!pattern.equals("*")) {
            MailAddress some = MailAddress.parse(pattern.replaceFirst("^\\*@(\\*\\.)?", "any@"));
            if (some.localPart().contains("*")) {
                throw new IllegalArgumentException("a * stands for a whole name, not for a part of one: \""
                        + pattern.replaceAll("\\p{C}", "?") + "\"");
            }
        }
        return new AddressPattern(pattern);
    }

    /** Upper and lower case do not matter, not even before the @: lists are written by people. */
    public boolean matches(MailAddress address) {
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
