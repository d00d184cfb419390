package org.mailchute.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailchute.simulator.Scenario.At;

/** MAIL and RCPT: the paths of a message, and what is said of them. */
record Paths(ExchangeOnline exchange, FaceRules rules, SessionState session) {
    /** Octets of a message, as smtp.office365.com says in EHLO. */
    static final long SIZE = 157_286_400;

    static final String TOO_BIG = "552 5.3.4 Message size exceeds fixed maximum message size";
    private static final Pattern FROM = Pattern.compile("(?i)FROM:\\s*<([^<>\\s]+@[^<>\\s]+|)>(?: (.*))?");
    private static final Pattern TO = Pattern.compile("(?i)TO:\\s*<([^<>\\s]+@[^<>\\s]+)>(?: .*)?");
    private static final Pattern DECLARED = Pattern.compile("(?i)(?:.* )?SIZE=(\\d{1,18})(?: .*)?");

    /** The reply to MAIL. */
    String mail(String rest) {
        Matcher path = FROM.matcher(rest);
        String refusal = path.matches() ? senderRefused(path.group(1), path.group(2)) : "501 5.1.7 Invalid address";
        if (refusal.isEmpty()) {
            session.from = path.group(1);
            session.mail = true;
        }
        return refusal.isEmpty() ? "250 2.1.0 Sender OK" : refusal;
    }

    private String senderRefused(String from, @Nullable String parameters) {
        if (session.mail) {
            return "503 5.5.2 Sender already specified";
        }
        String refusal = rules.mail(session, from);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        Matcher size = DECLARED.matcher(parameters == null ? "" : parameters);
        boolean tooBig = size.matches() && Long.parseLong(size.group(1)) > SIZE;
        return tooBig ? TOO_BIG : exchange.rules().reply(At.MAIL, from);
    }

    /** The reply to RCPT. */
    String recipient(String rest) {
        Matcher path = TO.matcher(rest);
        String refusal = path.matches() ? recipientRefused(path.group(1)) : "501 5.1.3 Invalid address";
        if (refusal.isEmpty()) {
            session.recipients.add(path.group(1));
        }
        return refusal.isEmpty() ? "250 2.1.5 Recipient OK" : refusal;
    }

    private String recipientRefused(String recipient) {
        if (!session.mail) {
            return "503 5.5.1 Bad sequence of commands";
        }
        String refusal = rules.recipient(session, recipient);
        return refusal.isEmpty() ? exchange.rules().reply(At.RCPT, recipient) : refusal;
    }
}
