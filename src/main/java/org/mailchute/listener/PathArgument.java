package org.mailchute.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.envelope.MailAddress;

/**
 * What stands behind MAIL FROM or RCPT TO: an address, or nothing for {@code <>}, and parameters. Taken too, because scanners
 * write it so: a space before or after the colon, and an address without angle brackets.
 */
record PathArgument(Optional<MailAddress> address, List<String> parameters) {
    private static final Pattern BRACKETED = Pattern.compile("<([^<>]*)>((?: .*)?)");
    private static final Pattern PLAIN = Pattern.compile("([^<>\\s]+)((?: .*)?)");

    /** A reply that says what is wrong. */
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1;

        private final Refusal why;

        Bad(Refusal why, String reply) {
            super(reply);
            this.why = why;
        }

        Refusal why() {
            return why;
        }

        String reply() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * @param word {@code FROM} or {@code TO}
     * @param rest what follows the verb
     */
    static PathArgument parse(String word, String rest) throws Bad {
        Matcher begin = Pattern.compile("(?i)" + word + "\\s*:\\s*(.*)").matcher(rest.strip());
        if (!begin.matches()) {
            throw new Bad(
                    Refusal.COMMAND,
                    "501 5.5.4 Syntax: " + (word.equals("TO") ? "RCPT" : "MAIL") + " " + word + ":<address>");
        }
        Matcher path = BRACKETED.matcher(begin.group(1));
        if (!path.matches()) {
            path = PLAIN.matcher(begin.group(1));
        }
        if (!path.matches()) {
            throw bad(word, "This is not one mail address");
        }
        return new PathArgument(address(word, path.group(1).strip()), parameters(path.group(2)));
    }

    private static Optional<MailAddress> address(String word, String text) throws Bad {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.chars().anyMatch(letter -> letter > 126 || letter < 32)) {
            throw new Bad(Refusal.COMMAND, "553 5.6.7 Addresses are ASCII here (no SMTPUTF8)");
        }
        if (text.startsWith("@") && text.contains(":")) {
            throw bad(word, "Source routes are refused (RFC 5321 appendix C)");
        }
        try {
            return Optional.of(MailAddress.parse(text));
        } catch (IllegalArgumentException e) {
            throw bad(word, Printable.reply(String.valueOf(e.getMessage())) + ": write it as name@domain");
        }
    }

    private static Bad bad(String word, String why) {
        return word.equals("TO")
                ? new Bad(Refusal.RECIPIENT, "553 5.1.3 " + why)
                : new Bad(Refusal.SENDER, "553 5.1.7 " + why);
    }

    private static List<String> parameters(String text) {
        List<String> parameters = new ArrayList<>();
        for (String parameter : text.strip().split("\\s+", -1)) {
            if (!parameter.isEmpty()) {
                parameters.add(parameter.toUpperCase(Locale.ROOT));
            }
        }
        return List.copyOf(parameters);
    }

    /**
     * RFC 1870 and RFC 6152; AUTH= (RFC 4954) says nothing that counts here.
     *
     * @param mostBytes what a message may have
     */
    void checkMail(long mostBytes) throws Bad {
        for (String parameter : parameters) {
            if (parameter.matches("SIZE=\\d{1,20}")) {
                String digits = parameter.substring(5);
                if (digits.length() > 18 || Long.parseLong(digits) > mostBytes) {
                    throw new Bad(Refusal.SIZE, "552 5.3.4 The message is larger than " + mostBytes + " octets");
                }
            } else if (!parameter.matches("BODY=(7BIT|8BITMIME)|AUTH=.*")) {
                throw unknown(parameter);
            }
        }
    }

    void checkRecipient() throws Bad {
        if (address.isEmpty()) {
            throw bad("TO", "A recipient is needed");
        }
        if (!parameters.isEmpty()) {
            throw unknown(parameters.get(0));
        }
    }

    private static Bad unknown(String parameter) {
        String name = parameter.replaceAll("=.*", "");
        String shown = name.matches("[A-Z0-9-]{1,30}") ? ": " + name : "";
        return new Bad(Refusal.COMMAND, "555 5.5.4 A parameter that was not offered" + shown);
    }
}
